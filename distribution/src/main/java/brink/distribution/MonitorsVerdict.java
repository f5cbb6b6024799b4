package brink.distribution;

import brink.distribution.sweep.SettledRuns;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.outcome.OutcomeSentence;
import brink.schemas.KafkaSettings;
import brink.trainer.cli.RunEpilogue;
import brink.v1.Regime;
import java.time.InstantSource;
import java.util.List;

/**
 * What the monitor of a Kafka found of a run that has just ended there, or how to learn it where no
 * monitor is at work.
 */
final class MonitorsVerdict implements RunEpilogue {
  private final InstantSource clock = InstantSource.system();

  @Override
  public String of(KafkaSettings kafka, String runId, boolean isLeaving) {
    RunEntry run = SettledRuns.of(kafka, List.of(runId), isLeaving, clock).get(runId);
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
}
