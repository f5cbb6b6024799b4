package brink.trainer.descent;

import brink.trainer.curvature.SharpnessProbe;
import brink.trainer.curvature.SphereGeometry;
import brink.trainer.descent.EdgeGradientMeter.Found;
import brink.trainer.flow.DirectFlowTest;
import brink.trainer.flow.FlowTester;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Landscape;
import brink.trainer.state.SavedState;
import org.jspecify.annotations.Nullable;

/** Measures the gradient of log-sharpness directly when it is due, and tests the flow with it. */
final class DirectMeter {
  private final DescentSettings settings;
  private final DirectSchedule schedule;
  private final EdgeGradientMeter gradients;
  private final @Nullable FlowTester tester;
  private @Nullable DirectFlowTest test;

  DirectMeter(Landscape landscape, DescentSettings settings) {
    this.settings = settings;
    schedule = new DirectSchedule(settings);
    gradients = new EdgeGradientMeter(landscape, settings);
    tester =
        settings.testsFlow() ? new FlowTester(landscape.kernels(), landscape.dimension()) : null;
  }

  /** Forgets the last step's test. */
  void begin() {
    test = null;
  }

  /** What a span that ends at this step says of the flow; null where none does. */
  @Nullable DirectFlowTest test() {
    return test;
  }

  /** Counts what a step costs beside direct measurements, in gradients. */
  void train(long gradientsSpent) {
    schedule.train(gradientsSpent);
  }

  /**
   * Measures where it is due.
   *
   * @param direction θ, not modified
   * @param sharpness there
   */
  Found measure(
      long step, Tensor direction, SharpnessProbe.Measurement sharpness, double weightNormSquared) {
    if (!schedule.due(step) || sharpness.eigenvalues().getFirst() <= 0) {
      return Found.NONE;
    }
    long before = gradients.cost();
    Found found = gradients.measure(step, direction, sharpness, weightNormSquared, tester != null);
    schedule.measured(step, gradients.cost() - before);
    if (tester != null) {
      test(tester, step, found);
    }
    return found;
  }

  private void test(FlowTester of, long step, Found found) {
    if (found.flow() == null) {
      of.cancel();
      return;
    }
    long before = gradients.cost();
    test = of.measured(step, found.flow(), schedule.spanEnd(step), gradients::projectOnManifold);
    schedule.tested(gradients.cost() - before);
  }

  /** Whether the midpoints of all steps are wanted, those that measure no sharpness among them. */
  boolean followsMidpoints() {
    return tester != null && tester.isWithinSpan();
  }

  /**
   * Takes a midpoint, after the measurement there.
   *
   * @param midpoint not modified
   * @param sharpness there; null where not measured
   */
  void follow(
      long step,
      Tensor midpoint,
      SharpnessProbe.@Nullable Measurement sharpness,
      double weightNormSquared) {
    if (tester == null || !tester.isWithinSpan()) {
      return;
    }
    Hyperparameters now = settings.hyperparametersAt(step);
    if (step > 0 && !now.equals(settings.hyperparametersAt(step - 1))) {
      tester.cancel(); // λ₁ follows 2/η̃ then, apart from any flow
      return;
    }
    double rate =
        SphereGeometry.effectiveLearningRate(
            now.learningRate(), now.weightDecay(), weightNormSquared);
    double threshold = 2 * (1 + settings.rule().momentumCoefficient());
    tester.observe(
        step,
        midpoint,
        settings.flowTimeAt(step),
        rate / threshold,
        sharpness == null ? null : sharpness.eigenvalues());
  }

  void save(SavedState state) {
    schedule.save(state);
    if (tester != null) {
      tester.save(state);
    }
  }

  void restore(SavedState state) {
    schedule.restore(state);
    if (tester != null) {
      tester.restore(state);
    }
  }
}
