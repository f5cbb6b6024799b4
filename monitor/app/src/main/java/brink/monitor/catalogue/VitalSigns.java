package brink.monitor.catalogue;

import brink.monitor.geometry.PairMean;
import brink.v1.Sharpness;
import brink.v1.StepObserved;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@link Vitals} of the runs whose steps this process sees. Safe for use by several threads. */
final class VitalSigns {
  /** Of some 500 bytes each; the one that was silent for longest goes. */
  private static final int MOST_RUNS = 10_000;

  private final Map<String, Signs> runs = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Takes a step.
   *
   * @param ratio s; null is not measured
   */
  synchronized void take(StepObserved step, @Nullable Double ratio) {
    if (ratio == null || !Double.isFinite(ratio)) {
      return;
    }
    runs.computeIfAbsent(step.getRunId(), _ -> new Signs()).take(step, ratio);
    if (runs.size() > MOST_RUNS) {
      runs.remove(runs.keySet().iterator().next());
    }
  }

  synchronized @Nullable Vitals of(String runId) {
    Signs signs = runs.get(runId);
    return signs == null ? null : signs.vitals();
  }

  private static final class Signs {
    private final Sparkline sparkline = new Sparkline();
    private long from = -1;
    private long to = -1;
    private double ratio;
    private double mean;
    private @Nullable Double sharpness;

    void take(StepObserved step, double newest) {
      boolean adjacent = to >= 0 && step.getStep() == to + 1;
      mean = adjacent ? PairMean.of(ratio, newest) : newest;
      ratio = newest;
      from = from < 0 ? step.getStep() : from;
      to = step.getStep();
      sparkline.add(mean);
      for (Sharpness measured : step.getSharpnessList()) {
        if (measured.getEigenvaluesCount() > 0 && Double.isFinite(measured.getEigenvalues(0))) {
          sharpness = measured.getEigenvalues(0);
        }
      }
    }

    Vitals vitals() {
      return new Vitals(mean, sharpness, from, to, sparkline.values());
    }
  }
}
