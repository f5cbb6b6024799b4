package brink.distribution.sweep;

import brink.monitor.catalogue.RunEntry;
import brink.monitor.outcome.EdgeEntry;
import brink.monitor.records.LastSteps.LastStep;
import brink.trainer.sweep.FinishedRun;
import brink.trainer.sweep.Setting;
import brink.trainer.sweep.SweepMeasure;
import brink.trainer.sweep.SweptRun;
import brink.v1.Regime;
import org.jspecify.annotations.Nullable;

/**
 * A run of a sweep with what came of it.
 *
 * @param finished how it ended
 * @param judged what monitors found; null where no Kafka knows the run
 * @param last what it measured last; null where that is not known
 */
record SweepRow(FinishedRun finished, @Nullable RunEntry judged, @Nullable LastStep last) {
  SweptRun run() {
    return finished.run();
  }

  /** The value of a setting that varies in its arm; empty for others. */
  String value(String setting) {
    return run().varying().stream()
        .filter(each -> each.name().equals(setting))
        .map(Setting::value)
        .findFirst()
        .orElse("");
  }

  /** The step at which it entered the edge; null before that. */
  @Nullable Long edge() {
    EdgeEntry edge = judged == null ? null : judged.outcome().edge();
    return edge == null ? null : (Long) edge.best();
  }

  /** How far it came; null where no monitor knows. */
  @Nullable Regime furthest() {
    return judged == null || judged.outcome().unknown() != null
        ? null
        : judged.outcome().furthest();
  }

  /** A measure that is a number; null where there is none. */
  @Nullable Double number(SweepMeasure measure) {
    return switch (measure) {
      case EDGE -> edge() == null ? null : edge().doubleValue();
      case LOSS -> last == null ? null : last.loss();
      case SHARPNESS -> last == null ? null : last.sharpness();
      case RATIO -> last == null ? null : last.ratio();
      case OUTCOME -> null;
    };
  }
}
