package brink.distribution.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.run.Outcome;
import brink.monitor.topology.RunObserver;
import brink.v1.StepObserved;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stream threads that die of what they read, are replaced, and die again. */
final class CrashLoopIT {
  @TempDir Path folder;

  @Test
  void threads_dyingAgainAndAgain_areSeenAndLoseNothing() throws Exception {
    AtomicBoolean broken = new AtomicBoolean(true);
    AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
    try (Watched watched =
            Watched.start(
                folder, _ -> {}, () -> Instant.now().plus(later.get()), new Failing(broken));
        KafkaProducer<byte[], byte[]> producer = watched.producer()) {
      HealthyRun healthy = new HealthyRun(producer);
      healthy.start();
      healthy.steps(0, HealthyRun.STEPS);
      healthy.end();

      watched.await().until(() -> watched.threadFailures() >= 3);
      assertThat(watched.app().reasonsNotReady())
          .anySatisfy(
              reason -> assertThat(reason).contains("a stream thread died", "a broken observer"));
      assertThat(watched.metrics()).contains("brink_ready 0");

      broken.set(false);
      watched.healthyRunIsJudgedRight();
      later.set(Duration.ofMinutes(3));
      watched.await().until(() -> watched.app().reasonsNotReady().isEmpty());
    }
  }

  /** No RuntimeException: those of observers are caught. */
  private record Failing(AtomicBoolean broken) implements RunObserver {
    @Override
    public void onStep(StepObserved step, Outcome outcome) {
      if (broken.get() && step.getStep() == 100) {
        throw new AssertionError("a broken observer");
      }
    }
  }
}
