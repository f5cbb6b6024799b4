package brink.monitor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.topology.HeldSteps.GivenUp;
import brink.v1.Layer;
import brink.v1.StepObserved;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** Steps of nobody's runs, as many as anyone sends. */
class HeldStepsTest {
  private static final int MANY = 300_000;

  private final KeyValueStore<String, byte[]> store =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore("waiting"), Serdes.String(), Serdes.ByteArray())
          .withLoggingDisabled()
          .build();
  private final HeldSteps held;

  HeldStepsTest() {
    MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    store.init(context.getStateStoreContext(), store);
    held = new HeldSteps(store);
  }

  @Test
  void add_manyTinySteps_keepsABoundedNumber() {
    long givenUp = 0;
    byte[] tiny = StepObserved.newBuilder().setRunId("r").build().toByteArray();
    for (int i = 0; i < MANY; i++) {
      for (GivenUp group : held.add("r" + i, i, tiny)) {
        assertThat(group.forRoom()).isTrue();
        givenUp += group.steps().size();
      }
    }

    assertThat(store.approximateNumEntries()).isLessThanOrEqualTo(WaitingSteps.MOST);
    assertThat(givenUp).isEqualTo(MANY - store.approximateNumEntries());
  }

  /** A mebibyte that becomes tens of them as objects: they are not all made at once. */
  @Test
  void of_stepsThatAreLargeAsObjects_takesTheRoomOfTheirBytes() {
    byte[] large =
        StepObserved.newBuilder()
            .setRunId("r")
            .addAllLayers(Collections.nCopies(500_000, Layer.getDefaultInstance()))
            .build()
            .toByteArray();
    for (int i = 0; i < 30; i++) {
      assertThat(held.add("r", i, large)).isEmpty();
    }
    long before = used();
    List<WaitingSteps.Waiting> all = held.of("r");
    long grown = used() - before;

    assertThat(all).hasSize(30);
    // as objects they would be more than a gigabyte
    assertThat(grown).isLessThan(100L << 20);
    assertThat(all.getLast().step().getLayersCount()).isEqualTo(500_000);
  }

  @Test
  void add_beyondTheRoom_givesUpTheRunThatHasTheMost() {
    byte[] some = new StepOfSize(1 << 20).bytes();
    for (int i = 0; i < 31; i++) {
      assertThat(held.add("greedy", i, some)).isEmpty();
    }
    assertThat(held.add("modest", 31, some))
        .hasSize(1)
        .first()
        .matches(g -> g.runId().equals("greedy"));
    assertThat(held.hold("modest")).isTrue();
    assertThat(held.hold("greedy")).isFalse();
  }

  private record StepOfSize(int size) {
    byte[] bytes() {
      return StepObserved.newBuilder()
          .setRunId("r")
          .addLayers(Layer.newBuilder().setName("x".repeat(size)))
          .build()
          .toByteArray();
    }
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
