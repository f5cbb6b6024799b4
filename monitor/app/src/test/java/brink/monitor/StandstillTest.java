package brink.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.Standstill.Position;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StandstillTest {
  private static final TopicPartition STEPS = new TopicPartition("brink.steps", 3);

  private Instant now = Instant.EPOCH;
  private final Standstill standstill = new Standstill(() -> now);

  @Test
  void problem_ofRecordsThatWaitTooLong_namesThePartition() {
    assertThat(problem(5, 9)).isNull();
    now = now.plus(Standstill.PATIENCE).minusSeconds(1);
    assertThat(problem(5, 20)).isNull();
    now = now.plusSeconds(1);

    assertThat(problem(5, 20)).contains("brink.steps-3", "60 s");
    assertThat(problem(6, 20)).isNull();
  }

  @Test
  void problem_ofAPartitionWithoutCommit_isSeen() {
    assertThat(problem(-1, 0)).isNull();
    now = now.plus(Standstill.PATIENCE);

    assertThat(problem(-1, 0)).isNotNull();
  }

  @Test
  void problem_whileEverythingIsDone_isNone() {
    for (int i = 0; i < 5; i++) {
      assertThat(problem(10, 9)).isNull();
      assertThat(problem(-1, -1)).isNull();
      now = now.plus(Standstill.PATIENCE);
    }
  }

  @Test
  void problem_ofALaggingPartitionThatMovesOn_isNone() {
    for (int i = 0; i < 5; i++) {
      assertThat(problem(i, 1_000)).isNull();
      now = now.plus(Standstill.PATIENCE);
    }
  }

  @Test
  void problem_ofAPartitionThatLeft_isForgotten() {
    assertThat(problem(5, 9)).isNull();
    assertThat(standstill.problem(Map.of())).isNull();
    now = now.plus(Standstill.PATIENCE);

    assertThat(problem(5, 9)).isNull();
  }

  private @Nullable String problem(long committed, long read) {
    return standstill.problem(Map.of(STEPS, new Position(committed, read)));
  }
}
