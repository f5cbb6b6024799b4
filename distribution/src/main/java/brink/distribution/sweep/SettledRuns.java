package brink.distribution.sweep;

import brink.monitor.catalogue.RunCatalogue;
import brink.monitor.catalogue.RunEntry;
import brink.schemas.KafkaSettings;
import brink.schemas.KafkaSetupException;
import brink.v1.Regime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** What monitors found of runs that have just ended, which is waited for while it still comes. */
public final class SettledRuns {
  /** How long a monitor that has judged a run before may take for the next of its last steps. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How long a first verdict is waited for: a monitor at work has given it within a second. */
  private static final Duration SHORT_PATIENCE = Duration.ofSeconds(1);

  private static final Duration POLL = Duration.ofMillis(50);

  private SettledRuns() {}

  /**
   * What is known of these runs, by their ids; those that Kafka does not know are left out.
   *
   * @param isLeaving whether there is no time to wait for anything
   */
  public static Map<String, RunEntry> of(
      KafkaSettings kafka, Collection<String> runIds, boolean isLeaving, InstantSource clock) {
    return isLeaving ? newest(kafka, runIds) : settled(kafka, runIds, clock);
  }

  private static Map<String, RunEntry> newest(KafkaSettings kafka, Collection<String> runIds) {
    Map<String, RunEntry> found = new LinkedHashMap<>();
    try {
      for (RunEntry run : RunCatalogue.read(kafka)) {
        if (runIds.contains(run.runId())) {
          found.put(run.runId(), run);
        }
      }
    } catch (KafkaSetupException e) {
      // Whoever asks says that nothing is known.
    }
    return found;
  }

  private static Map<String, RunEntry> settled(
      KafkaSettings kafka, Collection<String> runIds, InstantSource clock) {
    try (RunCatalogue catalogue = RunCatalogue.follow(kafka, clock)) {
      Instant moved = clock.instant();
      long before = -1;
      while (true) {
        Map<String, RunEntry> found = known(catalogue, runIds);
        long ended = found.values().stream().filter(SettledRuns::isEnded).count();
        if (ended == runIds.size() || catalogue.refusal() != null) {
          return found;
        }
        if (ended > before) {
          before = ended;
          moved = clock.instant();
        }
        boolean judged = found.values().stream().anyMatch(run -> !run.changes().isEmpty());
        Duration patience = judged || !catalogue.caughtUp() ? PATIENCE : SHORT_PATIENCE;
        if (Duration.between(moved, clock.instant()).compareTo(patience) > 0) {
          return found;
        }
        Thread.sleep(POLL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Map.of();
    }
  }

  private static Map<String, RunEntry> known(RunCatalogue catalogue, Collection<String> runIds) {
    Map<String, RunEntry> known = new LinkedHashMap<>();
    for (String runId : runIds) {
      RunEntry run = catalogue.run(runId);
      if (run != null) {
        known.put(runId, run);
      }
    }
    return known;
  }

  private static boolean isEnded(RunEntry run) {
    return run.regime() == Regime.REGIME_ENDED;
  }
}
