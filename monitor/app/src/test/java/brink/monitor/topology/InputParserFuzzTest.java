package brink.monitor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.run.Outcome;
import brink.monitor.run.RunFold;
import brink.monitor.run.RunState;
import brink.monitor.run.RunStateCodec;
import brink.monitor.run.SyntheticRun;
import brink.schemas.Topic;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Records of both input topics, through the parser and the fold of a run under way. */
class InputParserFuzzTest {
  private static final String RUN = "run-a";

  private static final RunFold FOLD = new RunFold();
  private static final RunState STATE = underWay();

  @FuzzTest
  void record_ofAnyBytes_isFoldedOrSetAside(byte[] value) {
    for (Topic topic : List.of(Topic.RUNS, Topic.STEPS)) {
      byte[] key = RUN.getBytes(StandardCharsets.UTF_8);
      Input input = new InputParser().parse(topic.topicName(), new RecordHeaders(), key, value);
      switch (input) {
        case Input.Started(var started) -> {
          if (RunFold.check(started).isEmpty()) {
            assertThat(RunStateCodec.encode(FOLD.start(started))).isNotEmpty();
          }
          check(FOLD.resume(STATE, started));
        }
        case Input.Step(var step) -> check(FOLD.step(STATE, step));
        case Input.Ended(var ended) -> check(FOLD.end(STATE, ended));
        case Input.Unusable unusable -> assertThat(unusable.detail()).isNotBlank();
      }
    }
  }

  private static void check(Outcome outcome) {
    byte[] state = RunStateCodec.encode(outcome.state());
    assertThat(RunStateCodec.encode(RunStateCodec.decode(state))).isEqualTo(state);
  }

  private static RunState underWay() {
    SyntheticRun run = new SyntheticRun(RUN);
    RunState state = FOLD.start(run.started());
    for (var step : run.steps(50)) {
      state = FOLD.step(state, step).state();
    }
    return state;
  }
}
