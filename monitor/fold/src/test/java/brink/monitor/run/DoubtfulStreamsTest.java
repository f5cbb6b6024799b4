package brink.monitor.run;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.geometry.Motion;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.RejectionReason;
import brink.v1.RunStarted;
import brink.v1.SharpnessPoint;
import brink.v1.StepObserved;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Streams whose numbers are not what they are called: the verdicts say so. */
final class DoubtfulStreamsTest {
  private static final double LEARNING_RATE = 0.5;
  private static final double WEIGHT_DECAY = 4e-3;

  private static List<StepObserved> steps(int count, Motion motion) {
    List<StepObserved> steps = new ArrayList<>();
    Descent.random(1, Descent.midpoint(), 1)
        .moving(motion)
        .run(count, LEARNING_RATE, WEIGHT_DECAY, steps::add);
    return steps;
  }

  private static Folded fold(UnaryOperator<StepObserved.Builder> change) {
    Folded run = new Folded("float64");
    steps(1_400, Motion.PLAIN).forEach(step -> run.step(change.apply(step.toBuilder()).build()));
    return run;
  }

  private static String last(Folded run) {
    return run.changes.getLast().getEvidence().getSentence();
  }

  @Test
  void fold_normsAndLossOnly_saysThatTheStreamCannotShowTheEdge() {
    Folded run =
        fold(step -> step.clearSharpness().clearGradientCosine().clearDirectionalCurvature());
    assertThat(run.regimes()).containsExactly(Regime.REGIME_STARTING, Regime.REGIME_STABLE);
    assertThat(last(run)).contains("this stream cannot show the edge");
  }

  @Test
  void fold_sharpnessWithoutPoint_isReportedOnceAndSaid() {
    Folded run =
        fold(
            step ->
                step.setSharpness(
                    0,
                    step.getSharpness(0).toBuilder()
                        .setPoint(SharpnessPoint.SHARPNESS_POINT_UNSPECIFIED)));
    assertThat(run.reasons()).containsExactly(RejectionReason.REJECTION_REASON_INVALID);
    assertThat(last(run)).contains("sharpness without a point, first at step 0");
  }

  @Test
  void fold_normsOfFloats_areNoLossOfScaleInvariance() {
    Folded run =
        fold(
            step ->
                step.setWeightNormSquared((float) step.getWeightNormSquared())
                    .setGradientNormSquared((float) step.getGradientNormSquared()));
    assertThat(run.changes).noneMatch(RegimeChanged::hasScaleInvarianceLostAtStep);
    assertThat(last(run)).contains("norms are rounded to single precision");
  }

  @Test
  void fold_eigenvalueOfTheEuclideanHessian_isContradictedByTheGradients() {
    Folded run =
        fold(
            step ->
                step.setSharpness(
                    0,
                    step.getSharpness(0).toBuilder()
                        .setEigenvalues(
                            0,
                            step.getSharpness(0).getEigenvalues(0) / step.getWeightNormSquared())));
    assertThat(run.change(Regime.REGIME_EDGE).getEvidence().getSentence())
        .contains("by the gradients it is", "along the moves");
  }

  @Test
  void fold_negativeSharpness_saysWhatToCheck() {
    Folded run =
        fold(
            step -> step.setSharpness(0, step.getSharpness(0).toBuilder().setEigenvalues(0, -1.0)));
    assertThat(run.change(Regime.REGIME_STABLE).getEvidence().getSentence())
        .contains("sharpness is negative");
  }

  @Test
  void fold_undeclaredMomentum_isNotBlamedOnTheLossAlone() {
    Folded run = new Folded("float64");
    steps(600, new Motion(0.9, false)).forEach(run::step);
    assertThat(run.changes)
        .anySatisfy(
            change -> assertThat(change.getEvidence().getSentence()).contains("did not declare"));
  }

  @Test
  void fold_notScaleInvariant_isNeverAtTheEdge() {
    RunStarted.Builder started =
        RunStarted.newBuilder()
            .setPrecision("float64")
            .setScaleInvariantDimension(0)
            .setScaleInvarianceError(0.1);
    Folded run = new Folded(started);
    steps(1_400, Motion.PLAIN).forEach(run::step);
    assertThat(run.regimes()).containsExactly(Regime.REGIME_STARTING, Regime.REGIME_STABLE);
  }

  @Test
  void fold_linearRegressionThatDiverges_isSeenWithinTensOfSteps() {
    Folded run = new Folded("float64");
    double weight = 1;
    double rate = 0.2;
    for (int t = 0; t < 100; t++) {
      // L = ½·λ·w² with ηλ = 2.5: w ← −1.5·w
      double gradient = 12.5 * weight;
      run.step(
          Records.calm(t)
              .setLearningRate(rate)
              .setWeightDecay(0)
              .setLoss(gradient * weight / 2)
              .setWeightNormSquared(weight * weight)
              .setGradientNormSquared(gradient * gradient)
              .setGradientCosine(-1)
              .build());
      weight -= rate * gradient;
    }
    assertThat(run.regimes()).doesNotContain(Regime.REGIME_EDGE).contains(Regime.REGIME_DIVERGED);
    assertThat(run.change(Regime.REGIME_DIVERGED).getDetectedAtStep()).isLessThan(40);
  }
}
