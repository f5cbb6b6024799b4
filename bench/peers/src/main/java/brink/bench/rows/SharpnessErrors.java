package brink.bench.rows;

import brink.bench.report.Line;
import brink.bench.report.Target;
import brink.bench.report.Unit;
import brink.bench.statistics.SampleSpread;
import brink.trainer.curvature.SphereGeometry;
import brink.trainer.curvature.SphericalSharpness;
import brink.trainer.curvature.SphericalSharpness.Point;
import brink.trainer.descent.StepListener;
import brink.trainer.descent.StepRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** How far the sharpness that a run measures is from the converged one. */
final class SharpnessErrors implements StepListener {
  /** Odd, so that both phases of the oscillation are compared. */
  private static final int EVERY = 3;

  private static final int PROGRESS_EVERY = 30;

  private final WeightTracker tracker;
  private final PeerSharpness reference;
  private final Consumer<String> progress;
  private final List<Double> iterateErrors = new ArrayList<>();
  private final List<Double> midpointErrors = new ArrayList<>();
  private final List<Double> ratios = new ArrayList<>();

  SharpnessErrors(WeightTracker tracker, PeerSharpness reference, Consumer<String> progress) {
    this.tracker = tracker;
    this.reference = reference;
    this.progress = progress;
  }

  private List<Double> errors(Point point) {
    return switch (point) {
      case ITERATE -> iterateErrors;
      case MIDPOINT -> midpointErrors;
    };
  }

  @Override
  public void onStep(StepRecord step) {
    tracker.onStep(step);
    if (step.step() % EVERY != 0) {
      return;
    }
    if (step.step() % PROGRESS_EVERY == 0) {
      progress.accept("comparing with converged Lanczos, step " + step.step());
    }
    for (SphericalSharpness sharpness : step.sharpness()) {
      compare(step, sharpness);
    }
  }

  private void compare(StepRecord step, SphericalSharpness sharpness) {
    boolean midpoint = sharpness.point() == Point.MIDPOINT;
    double exact = reference.spherical(midpoint ? tracker.midpoint() : tracker.direction());
    errors(sharpness.point()).add(Math.abs(sharpness.largest() / exact - 1));
    if (midpoint) {
      double effective =
          SphereGeometry.effectiveLearningRate(
              step.learningRate(), step.weightDecay(), step.weightNormSquared());
      ratios.add(SphereGeometry.stabilityRatio(effective, exact));
    }
  }

  /** Errors at both points, and the proof that the run was at the edge. */
  List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    lines.add(
        Line.check(
            "stability ratio at the midpoint, median: at the edge",
            SampleSpread.of(sorted(ratios)).median(),
            Unit.NUMBER,
            // below, it is no measurement at the edge
            Target.atLeast(0.9)));
    for (Point point : Point.values()) {
      double[] sorted = sorted(errors(point));
      String where = " error of λ₁, " + point.name().toLowerCase(Locale.ROOT);
      lines.add(percentile("median" + where, sorted, 0.5, Target.atMost(1e-3)));
      lines.add(percentile("90th percentile" + where, sorted, 0.9, Target.atMost(1e-2)));
      lines.add(
          Line.information(
              "largest" + where, SampleSpread.exactly(sorted[sorted.length - 1]), Unit.PERCENT));
    }
    return lines;
  }

  private static Line percentile(String what, double[] sorted, double share, Target target) {
    return Line.measurement(
        what, SampleSpread.exactly(SampleSpread.quantile(sorted, share)), Unit.PERCENT, target);
  }

  private static double[] sorted(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }
}
