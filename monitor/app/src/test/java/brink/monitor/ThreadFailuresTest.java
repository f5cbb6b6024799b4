package brink.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ThreadFailuresTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private Instant now = Instant.EPOCH;
  private final ThreadFailures failures = new ThreadFailures(registry, () -> now);

  @Test
  void problem_withoutFailure_isNone() {
    assertThat(failures.problem()).isNull();
    assertThat(count()).isZero();
  }

  @Test
  void problem_lately_namesTheCauseAndTheNumber() {
    failures.add(new IllegalStateException("outer", new IllegalArgumentException("the cause")));
    failures.add(new IllegalStateException("outer", new IllegalArgumentException("the cause")));

    assertThat(failures.problem()).contains("died 2 times", "the cause").doesNotContain("outer");
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void problem_longAgo_isForgottenAndStillCounted() {
    failures.add(new IllegalStateException("old"));
    now = now.plus(ThreadFailures.RECENT);

    assertThat(failures.problem()).isNull();
    assertThat(count()).isEqualTo(1);
  }

  private double count() {
    return registry.get("brink.stream.thread.failures").counter().count();
  }
}
