package brink.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  /** Nanoseconds that pass between two looks at the clock. */
  private static final long TICK = 1_000;

  private long now;
  private int looks;

  private long look() {
    looks++;
    now += TICK;
    return now;
  }

  @Test
  void await_hundredThousandStepsPerSecond_endsWhenTheStepIsDue() {
    Pace pace = new Pace(100_000, this::look);
    long begin = TICK;
    for (int step = 1; step <= 5; step++) {
      pace.await(() -> false);
      assertThat(now).isGreaterThanOrEqualTo(begin + step * 10_000L);
      assertThat(now).isLessThanOrEqualTo(begin + step * 10_000L + TICK);
    }
  }

  @Test
  void await_trainingFellBehind_doesNotWait() {
    Pace pace = new Pace(100_000, this::look);
    pace.await(() -> false);
    now += 1_000_000;
    looks = 0;
    pace.await(() -> false);
    assertThat(looks).isEqualTo(1);
  }

  @Test
  void await_unpaced_doesNotWait() {
    Pace pace = new Pace(TrainRun.UNPACED, this::look);
    pace.await(() -> false);
    pace.await(() -> false);
    assertThat(looks).isEqualTo(3);
  }

  @Test
  void await_stopped_doesNotWait() {
    Pace pace = new Pace(1e-9, this::look);
    pace.await(() -> true);
    assertThat(looks).isEqualTo(2);
  }
}
