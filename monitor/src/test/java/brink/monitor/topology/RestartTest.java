package brink.monitor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.run.RunFold;
import brink.monitor.run.RunState;
import brink.monitor.run.RunStateCodec;
import brink.v1.RegimeChanged;
import com.google.protobuf.Message;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** What a task does about silent runs whose state it finds when it opens. */
class RestartTest {
  private static final Duration AFTER = Duration.ofSeconds(60);

  private final MockProcessorContext<String, Message> context =
      new MockProcessorContext<>(new Properties());
  private final KeyValueStore<String, byte[]> states = store(MonitorTopology.STATE);
  private final KeyValueStore<String, byte[]> stalled = store(MonitorTopology.STALLED);
  private final RunFold fold = new RunFold();

  @Test
  void open_withARunningRun_reportsItAfterItsOwnPatience() {
    put(started("run-a"));
    open();
    punctuateAfter(AFTER.minusSeconds(1));
    assertThat(changes()).isEmpty();
    punctuateAfter(AFTER);

    assertThat(changes()).hasSize(1);
  }

  @Test
  void open_withAnEndedRun_neverReportsIt() {
    SyntheticRun run = new SyntheticRun("run-a");
    RunState state = started("run-a");
    state = fold.step(state, run.steps(1).getFirst()).state();
    put(fold.end(state, run.end(0).getEnded()).state());
    open();
    punctuateAfter(AFTER.multipliedBy(10));

    assertThat(changes()).isEmpty();
  }

  @Test
  void open_withARunKnownToBeSilent_doesNotReportItAgain() {
    put(started("run-a"));
    stalled.put("run-a", new byte[0]);
    open();
    punctuateAfter(AFTER.multipliedBy(10));

    assertThat(changes()).isEmpty();
  }

  @Test
  void open_withAStateThatCannotBeRead_watchesTheOthers() {
    states.put("broken", new byte[] {99});
    put(started("run-a"));
    open();
    punctuateAfter(AFTER);

    assertThat(changes()).extracting(RegimeChanged::getRunId).containsExactly("run-a");
  }

  private void open() {
    context.setCurrentSystemTimeMs(SyntheticRun.T0);
    new RunProcessor(fold, AFTER, RunObserver.NONE).init(context);
  }

  private void punctuateAfter(Duration duration) {
    context
        .scheduledPunctuators()
        .getFirst()
        .getPunctuator()
        .punctuate(SyntheticRun.T0 + duration.toMillis());
  }

  private List<RegimeChanged> changes() {
    return context.forwarded(MonitorTopology.REGIMES).stream()
        .map(CapturedForward::record)
        .map(record -> (RegimeChanged) record.value())
        .toList();
  }

  private RunState started(String runId) {
    return fold.start(new SyntheticRun(runId).started());
  }

  private void put(RunState state) {
    states.put(state.runId(), RunStateCodec.encode(state));
  }

  private KeyValueStore<String, byte[]> store(String name) {
    KeyValueStore<String, byte[]> store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
    return store;
  }
}
