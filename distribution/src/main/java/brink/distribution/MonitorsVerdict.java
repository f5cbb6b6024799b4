package brink.distribution;

import brink.monitor.catalogue.RunCatalogue;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.outcome.OutcomeSentence;
import brink.schemas.KafkaSettings;
import brink.schemas.KafkaSetupException;
import brink.trainer.cli.RunEpilogue;
import brink.v1.Regime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What the monitor of a Kafka found of a run that has just ended there, or how to learn it where no
 * monitor is at work.
 */
final class MonitorsVerdict implements RunEpilogue {
  /** How long a monitor that has judged the run before may take for its last steps. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How long a first verdict is waited for: a monitor at work has given it within a second. */
  private static final Duration SHORT_PATIENCE = Duration.ofSeconds(1);

  private static final Duration POLL = Duration.ofMillis(50);

  private final InstantSource clock = InstantSource.system();

  @Override
  public String of(KafkaSettings kafka, String runId, boolean isLeaving) {
    RunEntry run = isLeaving ? newest(kafka, runId) : settled(kafka, runId);
    if (run == null || run.changes().isEmpty()) {
      return "is not judged yet: no monitor has said anything of it; './brink monitor' judges it,"
          + " now or later, if none is at work, and './brink runs' says what came of it";
    }
    String sentence = OutcomeSentence.of(run.outcome());
    return run.regime() == Regime.REGIME_ENDED
        ? sentence
        : "is not judged to its end yet, and more may come; by what the monitor has seen: "
            + sentence
            + "; './brink report --run %s' asks again".formatted(runId);
  }

  private static @Nullable RunEntry newest(KafkaSettings kafka, String runId) {
    try {
      return RunCatalogue.read(kafka).stream()
          .filter(run -> run.runId().equals(runId))
          .findFirst()
          .orElse(null);
    } catch (KafkaSetupException e) {
      return null;
    }
  }

  private @Nullable RunEntry settled(KafkaSettings kafka, String runId) {
    Instant begin = clock.instant();
    try (RunCatalogue catalogue = RunCatalogue.follow(kafka, clock)) {
      while (true) {
        RunEntry run = catalogue.run(runId);
        if (run != null && run.regime() == Regime.REGIME_ENDED) {
          return run;
        }
        if (catalogue.refusal() != null) {
          return null;
        }
        boolean judged = run != null && !run.changes().isEmpty();
        Duration patience = judged || !catalogue.caughtUp() ? PATIENCE : SHORT_PATIENCE;
        if (Duration.between(begin, clock.instant()).compareTo(patience) > 0) {
          return run;
        }
        Thread.sleep(POLL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
