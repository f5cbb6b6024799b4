package brink.monitor.geometry;

import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;
import brink.v1.Sharpness;
import brink.v1.SharpnessPoint;
import brink.v1.StepObserved;
import org.jspecify.annotations.Nullable;

/**
 * What one valid record says about the motion on the sphere; null is not measured (or was not
 * finite).
 *
 * @param motion how the weights move
 * @param step t
 * @param flowTime τ up to and including this step
 * @param learningRate η
 * @param weightDecay λ_wd
 * @param weightNormSquared ‖w_t‖²
 * @param gradientNormSquared ‖∇L(w_t)‖²
 * @param loss L(w_t)
 * @param gradientCosine cosine of ∇L(w_t) and ∇L(w_{t−1})
 * @param directionalCurvature Δg·Δw/‖Δw‖² between t−1 and t
 * @param midpoint curvature at the midpoint of this and the next iterate
 * @param iterate curvature at this iterate
 * @param withoutPoint whether sharpness came that does not say where it was taken, so that it is
 *     not used
 * @param gradientNoiseSquared E‖δ‖² of the rounding of ∇L(w_t)
 * @param direction test of the flow's direction over a span that ends here
 */
public record SphericalStep(
    Motion motion,
    long step,
    double flowTime,
    double learningRate,
    double weightDecay,
    double weightNormSquared,
    double gradientNormSquared,
    @Nullable Double loss,
    @Nullable Double gradientCosine,
    @Nullable Double directionalCurvature,
    @Nullable Curvature midpoint,
    @Nullable Curvature iterate,
    boolean withoutPoint,
    @Nullable Double gradientNoiseSquared,
    @Nullable DirectionTest direction) {

  /** Reads a record whose required fields are there and finite. */
  public static SphericalStep of(StepObserved observed, Motion motion, double flowTime) {
    return new SphericalStep(
        motion,
        observed.getStep(),
        flowTime,
        observed.getLearningRate(),
        observed.getWeightDecay(),
        observed.getWeightNormSquared(),
        observed.getGradientNormSquared(),
        known(observed.hasLoss(), observed.getLoss()),
        known(observed.hasGradientCosine(), observed.getGradientCosine()),
        known(observed.hasDirectionalCurvature(), observed.getDirectionalCurvature()),
        curvature(observed, motion, SharpnessPoint.SHARPNESS_POINT_MIDPOINT),
        curvature(observed, motion, SharpnessPoint.SHARPNESS_POINT_ITERATE),
        hasSharpnessWithoutPoint(observed),
        known(observed.hasGradientNoiseSquared(), observed.getGradientNoiseSquared()),
        observed.hasFlowTest() ? DirectionTest.of(observed.getFlowTest()) : null);
  }

  /** Whether a record has the fields that every step needs, and they are finite. */
  public static boolean isComplete(StepObserved observed) {
    return observed.hasLearningRate()
        && observed.hasWeightDecay()
        && observed.hasWeightNormSquared()
        && observed.hasGradientNormSquared()
        && Double.isFinite(observed.getLearningRate())
        && Double.isFinite(observed.getWeightDecay())
        && Double.isFinite(observed.getWeightNormSquared())
        && Double.isFinite(observed.getGradientNormSquared());
  }

  /** Whether sharpness is there that does not say where it was taken. */
  public static boolean hasSharpnessWithoutPoint(StepObserved observed) {
    for (Sharpness measured : observed.getSharpnessList()) {
      if (measured.getPoint() != SharpnessPoint.SHARPNESS_POINT_MIDPOINT
          && measured.getPoint() != SharpnessPoint.SHARPNESS_POINT_ITERATE) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Double known(boolean present, double value) {
    return present && Double.isFinite(value) ? value : null;
  }

  private static @Nullable Curvature curvature(
      StepObserved observed, Motion motion, SharpnessPoint point) {
    for (Sharpness measured : observed.getSharpnessList()) {
      if (measured.getPoint() == point && usable(measured)) {
        return Curvature.of(measured, threshold(observed, motion, point));
      }
    }
    return null;
  }

  // As producers count (StepObserved): where several eigenvalues take turns at 2/η̃, each is now
  // above it and now below, by some √η_in. Iterates are off by a phase of that order, too.
  private static double threshold(StepObserved observed, Motion motion, SharpnessPoint point) {
    double rate = observed.getLearningRate();
    double intrinsic = rate * observed.getWeightDecay();
    double effective =
        motion.alternatingFactor()
            * StabilityRatio.effectiveLearningRate(
                rate, intrinsic, observed.getWeightNormSquared());
    double wandering = Math.sqrt(intrinsic);
    double below = point == SharpnessPoint.SHARPNESS_POINT_MIDPOINT ? wandering / 2 : wandering;
    return 2 / effective * (1 - below);
  }

  private static boolean usable(Sharpness measured) {
    boolean finite = measured.getEigenvaluesCount() > 0;
    for (int i = 0; i < measured.getEigenvaluesCount(); i++) {
      finite &= Double.isFinite(measured.getEigenvalues(i));
    }
    for (int i = 0; i < measured.getResidualsCount(); i++) {
      finite &= Double.isFinite(measured.getResiduals(i));
    }
    return finite;
  }

  /** The same at another flow time. */
  public SphericalStep at(double time) {
    return new SphericalStep(
        motion,
        step,
        time,
        learningRate,
        weightDecay,
        weightNormSquared,
        gradientNormSquared,
        loss,
        gradientCosine,
        directionalCurvature,
        midpoint,
        iterate,
        withoutPoint,
        gradientNoiseSquared,
        direction);
  }

  /** η_in = η·λ_wd, 1/step. */
  public double intrinsicLearningRate() {
    return learningRate * weightDecay;
  }

  /** η̃. */
  public double effectiveLearningRate() {
    return StabilityRatio.effectiveLearningRate(
        learningRate, intrinsicLearningRate(), weightNormSquared);
  }

  /**
   * η̃/(1 + β), which times λ₁ is 2 at the edge: heavy ball alternates there as plain gradient
   * descent of this step size does.
   */
  public double alternatingLearningRate() {
    return effectiveLearningRate() * motion.alternatingFactor();
  }

  /** η_in/(1 + β), 1/step: what α² is measured against. */
  public double alternatingIntrinsicRate() {
    return intrinsicLearningRate() * motion.alternatingFactor();
  }

  /** Flow time of this step, η_in/(1 − β). */
  public double flowTimeStep() {
    return intrinsicLearningRate() * motion.driftFactor();
  }

  /**
   * τ up to and including this step. Steps that are missing between the two are taken to have had
   * the hyper-parameters of the earlier one.
   *
   * @param previous the step before this one; null if there is none
   * @param time τ up to and including that one
   */
  public double flowTimeAfter(@Nullable SphericalStep previous, double time) {
    if (previous == null) {
      return time + flowTimeStep();
    }
    long missing = step - previous.step() - 1;
    return time + missing * previous.flowTimeStep() + flowTimeStep();
  }

  /** L(w_t) − L(midpoint), what the oscillation costs; null where one of them was not measured. */
  public @Nullable Double excessLoss() {
    Double lower = midpoint == null ? null : midpoint.loss();
    return loss == null || lower == null ? null : loss - lower;
  }

  /** α², rad²; with momentum that of a motion that alternates with period two. */
  public double angularStepSquared() {
    return AngularStep.squared(alternatingLearningRate(), weightNormSquared, gradientNormSquared);
  }

  /** s at the midpoint if sharpness was measured there, else at the iterate; null for neither. */
  public @Nullable Double stabilityRatio() {
    Curvature curvature = midpoint != null ? midpoint : iterate;
    return curvature == null ? null : (Double) stabilityRatio(curvature);
  }

  /** s = η̃·λ₁/(2(1 + β)) with the sharpness at some point of this step. */
  public double stabilityRatio(Curvature curvature) {
    return StabilityRatio.of(alternatingLearningRate(), curvature.sharpness());
  }

  /**
   * Whether its norms are rounded to single precision. One double in 2²⁹ has a float's bits by
   * chance, and whole numbers that somebody wrote down do: both norms have to.
   */
  public boolean isSinglePrecision() {
    return isSingle(weightNormSquared) && isSingle(gradientNormSquared);
  }

  private static boolean isSingle(double value) {
    return (float) value == value && value != Math.rint(value);
  }

  /** Whether this step directly follows another. */
  public boolean follows(@Nullable SphericalStep earlier) {
    return earlier != null && earlier.step + 1 == step;
  }

  /** ‖w_t‖² over its prediction from the step before, minus 1. */
  public double ledgerError(SphericalStep before) {
    double predicted =
        NormLedger.predicted(
            before.weightNormSquared, before.intrinsicLearningRate(), before.angularStepSquared());
    return NormLedger.error(weightNormSquared, predicted);
  }

  /** Appends its bytes, without the motion, which is the run's, and the flow time. */
  public void write(StateWriter out) {
    out.put(step).put(learningRate).put(weightDecay);
    out.put(weightNormSquared).put(gradientNormSquared);
    out.putOptional(loss).putOptional(gradientCosine).putOptional(directionalCurvature);
    Curvature.write(out, midpoint);
    Curvature.write(out, iterate);
    out.putPresence(withoutPoint).putOptional(gradientNoiseSquared);
    DirectionTest.write(out, direction);
  }

  /** Reads its bytes. */
  public static SphericalStep read(StateReader in, Motion motion, double flowTime) {
    return new SphericalStep(
        motion,
        in.getLong(),
        flowTime,
        in.getDouble(),
        in.getDouble(),
        in.getDouble(),
        in.getDouble(),
        in.getOptionalDouble(),
        in.getOptionalDouble(),
        in.getOptionalDouble(),
        Curvature.read(in),
        Curvature.read(in),
        in.isPresent(),
        in.getOptionalDouble(),
        DirectionTest.read(in));
  }
}
