package brink.monitor.run;

import brink.monitor.geometry.Motion;
import brink.v1.Sharpness;
import brink.v1.SharpnessPoint;
import brink.v1.StepObserved;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Gradient descent with weight decay on {@link BnLinear}, as the stream of records that a trainer
 * would publish.
 */
final class Descent {
  /**
   * Krylov steps from a warm start: the residual of λ₁ is below 1e-6 of it outside of the first
   * steps and the onset's burst.
   */
  private static final int KRYLOV = 10;

  /** Curvature on Γ, as a share of λ₁: rounding, or what the slope of the loss there bends. */
  private static final double FLAT = 1e-5;

  private static final double SLOPED = 1e-3;

  private BnLinear problem;
  private final Set<SharpnessPoint> points;
  private final boolean direct;
  private final int cadence;
  private final double[][] warm;
  private double[] w;
  private double[] previousGradient = new double[0];
  private double[] previousWeights = new double[0];
  private double[] velocity;
  private Motion motion = Motion.PLAIN;
  private long step;

  Descent(
      BnLinear problem, double[] start, Set<SharpnessPoint> points, boolean direct, int cadence) {
    this.problem = problem;
    this.w = start.clone();
    this.velocity = new double[start.length];
    this.points = points;
    this.direct = direct;
    this.cadence = cadence;
    this.warm = new double[][] {random(1), random(2), random(3)};
  }

  /** From a random start of norm 8; sharpness is measured every {@code cadence} steps. */
  static Descent random(long seed, Set<SharpnessPoint> points, int cadence) {
    BnLinear problem = BnLinear.random(seed, 20, 40);
    double[] w = new double[problem.dimension()];
    Random random = new Random(~seed);
    for (int j = 0; j < w.length; j++) {
      w[j] = random.nextGaussian();
    }
    double scale = 8 / Math.sqrt(BnLinear.dot(w, w));
    for (int j = 0; j < w.length; j++) {
      w[j] *= scale;
    }
    return new Descent(problem, w, points, false, cadence);
  }

  static Set<SharpnessPoint> midpoint() {
    return EnumSet.of(SharpnessPoint.SHARPNESS_POINT_MIDPOINT);
  }

  static Set<SharpnessPoint> iterate() {
    return EnumSet.of(SharpnessPoint.SHARPNESS_POINT_ITERATE);
  }

  static Set<SharpnessPoint> nowhere() {
    return EnumSet.noneOf(SharpnessPoint.class);
  }

  private double[] random(long seed) {
    return new Random(seed).doubles(problem.dimension()).map(u -> u - 0.5).toArray();
  }

  /** Descends on another problem from now on. */
  Descent on(UnaryOperator<BnLinear> change) {
    problem = change.apply(problem);
    return this;
  }

  /** |⟨w, ∇L⟩|/(‖w‖·‖∇L‖) where it is. */
  double scaleInvarianceError() {
    double[] gradient = problem.gradient(w);
    double norms = BnLinear.dot(w, w) * BnLinear.dot(gradient, gradient);
    return Math.abs(BnLinear.dot(w, gradient)) / Math.sqrt(norms);
  }

  /** Moves like this from now on. */
  Descent moving(Motion other) {
    motion = other;
    w = other.onSphere() ? unit(w) : w;
    return this;
  }

  private double[] moved(double[] gradient, double learningRate, double weightDecay) {
    double[] after = new double[w.length];
    for (int j = 0; j < w.length; j++) {
      velocity[j] = motion.momentum() * velocity[j] + gradient[j] + weightDecay * w[j];
      after[j] =
          motion.momentum() == 0
              ? (1 - learningRate * weightDecay) * w[j] - learningRate * gradient[j]
              : w[j] - learningRate * velocity[j];
    }
    return motion.onSphere() ? unit(after) : after;
  }

  /** Takes steps with the given hyper-parameters. */
  void run(int steps, double learningRate, double weightDecay, Consumer<StepObserved> observer) {
    for (int i = 0; i < steps; i++) {
      observer.accept(next(learningRate, weightDecay));
    }
  }

  StepObserved next(double learningRate, double weightDecay) {
    double[] gradient = problem.gradient(w);
    double[] after = moved(gradient, learningRate, weightDecay);
    StepObserved.Builder record =
        StepObserved.newBuilder()
            .setRunId("run")
            .setStep(step)
            .setLoss(problem.loss(w))
            .setWeightNormSquared(BnLinear.dot(w, w))
            .setGradientNormSquared(BnLinear.dot(gradient, gradient))
            .setLearningRate(learningRate)
            .setWeightDecay(weightDecay);
    if (step > 0) {
      addChange(record, gradient);
    }
    if (step % cadence == 0) {
      addSharpness(record, gradient, unit(w), unit(after));
    }
    previousGradient = gradient;
    previousWeights = w;
    w = after;
    step++;
    return record.build();
  }

  private void addChange(StepObserved.Builder record, double[] gradient) {
    double norms =
        BnLinear.dot(gradient, gradient) * BnLinear.dot(previousGradient, previousGradient);
    if (norms > 0) {
      double cosine = BnLinear.dot(gradient, previousGradient) / Math.sqrt(norms);
      record.setGradientCosine(Math.max(-1, Math.min(1, cosine)));
    }
    double curvature = 0;
    double move = 0;
    for (int j = 0; j < w.length; j++) {
      double difference = w[j] - previousWeights[j];
      curvature += (gradient[j] - previousGradient[j]) * difference;
      move += difference * difference;
    }
    if (move > 0) {
      record.setDirectionalCurvature(curvature / move);
    }
  }

  private void addSharpness(
      StepObserved.Builder record, double[] gradient, double[] theta, double[] next) {
    if (points.contains(SharpnessPoint.SHARPNESS_POINT_MIDPOINT)) {
      double[] middle = new double[theta.length];
      for (int j = 0; j < middle.length; j++) {
        middle[j] = theta[j] + next[j];
      }
      Sharpness.Builder sharpness = sharpness(unit(middle), gradient, 2);
      record.addSharpness(sharpness.setPoint(SharpnessPoint.SHARPNESS_POINT_MIDPOINT));
    }
    if (points.contains(SharpnessPoint.SHARPNESS_POINT_ITERATE)) {
      Sharpness.Builder sharpness = sharpness(theta, gradient, (int) (step % 2));
      record.addSharpness(sharpness.setPoint(SharpnessPoint.SHARPNESS_POINT_ITERATE));
    }
  }

  private Sharpness.Builder sharpness(double[] theta, double[] gradient, int slot) {
    int krylov = step < 100 ? theta.length : KRYLOV;
    BnLinear sphere = problem.onSphere(BnLinear.dot(w, w));
    Lanczos.Pair pair = Lanczos.top(v -> sphere.hessianTimes(theta, v), warm[slot], krylov);
    warm[slot] = pair.vector();
    double norm = Math.sqrt(BnLinear.dot(gradient, gradient));
    Sharpness.Builder sharpness =
        Sharpness.newBuilder()
            .addEigenvalues(pair.first())
            .addResiduals(pair.residual())
            .setHessianVectorProducts(krylov);
    if (norm > 0) {
      sharpness.setAlignment(BnLinear.dot(gradient, pair.vector()) / norm);
    }
    if (direct && step % 10 == 0) {
      sharpness.setLogSharpnessGradientSquared(
          SharpnessGradient.squaredOfLog(
              sphere,
              theta,
              pair.vector(),
              pair.first(),
              problem.isScaleInvariant() ? FLAT : SLOPED));
    }
    return sharpness;
  }

  private static double[] unit(double[] vector) {
    double scale = 1 / Math.sqrt(BnLinear.dot(vector, vector));
    double[] result = vector.clone();
    for (int j = 0; j < result.length; j++) {
      result[j] *= scale;
    }
    return result;
  }
}
