package brink.trainer.descent;

import brink.trainer.curvature.SphericalSharpness;
import brink.trainer.descent.DescentOutcome.Status;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Landscape;
import brink.trainer.landscape.Linearization;
import brink.trainer.landscape.Scores;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Full-batch gradient descent with weight decay, w ← (1 − η·λ_wd)·w − η·∇L(w), which hands out what
 * it measured at every step. The same landscape, start and settings give the same records, timings
 * aside.
 */
public final class GradientDescent {
  private final Landscape landscape;
  private final Kernels kernels;
  private final DescentSettings settings;
  private final LongSupplier nanoTime;
  private final CurvatureMeter curvature;
  private final GradientMemory memory;
  private Tensor weights;
  private Tensor next;

  /**
   * @param landscape is linearized at will during the run
   * @param initialWeights w_0, 1×dimension, copied
   * @param nanoTime clock of the records' timings, for example {@code System::nanoTime}
   */
  public GradientDescent(
      Landscape landscape, Tensor initialWeights, DescentSettings settings, LongSupplier nanoTime) {
    this.landscape = landscape;
    this.settings = settings;
    this.nanoTime = nanoTime;
    kernels = landscape.kernels();
    curvature = new CurvatureMeter(landscape, settings);
    memory = new GradientMemory(kernels, landscape.dimension());
    weights = kernels.allocate(1, landscape.dimension());
    next = kernels.allocate(1, landscape.dimension());
    kernels.copy(initialWeights, weights);
  }

  /**
   * Trains until all steps are done, the run diverges, or it is asked to stop. A run that diverges
   * hands out its last record too, with the loss as it is.
   *
   * @param stop asked before every step
   * @throws ArithmeticException if the loss is undefined at the weights; the message names the step
   */
  public DescentOutcome run(StepListener listener, BooleanSupplier stop) {
    for (long step = 0; step < settings.steps(); step++) {
      if (stop.getAsBoolean()) {
        return new DescentOutcome(step - 1, Status.STOPPED);
      }
      StepRecord record = step(step);
      listener.onStep(record);
      if (diverged(record)) {
        return new DescentOutcome(step, Status.DIVERGED);
      }
      advance();
    }
    return new DescentOutcome(settings.steps() - 1, Status.COMPLETED);
  }

  private static boolean diverged(StepRecord record) {
    return !Double.isFinite(record.loss())
        || !Double.isFinite(record.weightNormSquared())
        || !Double.isFinite(record.gradientNormSquared());
  }

  private StepRecord step(long step) {
    try {
      return measure(step);
    } catch (ArithmeticException undefined) {
      String where = "step " + step + ": " + undefined.getMessage();
      throw (ArithmeticException) new ArithmeticException(where).initCause(undefined);
    }
  }

  private StepRecord measure(long step) {
    long start = nanoTime.getAsLong();
    Linearization here = landscape.linearize(weights);
    double loss = here.loss();
    memory.record(here.gradient());
    Tensor gradient = memory.gradient();
    double weightNormSquared = kernels.dot(weights, weights);
    double gradientNormSquared = kernels.dot(gradient, gradient);
    update(gradient);
    long differentiated = nanoTime.getAsLong();
    boolean finite = Double.isFinite(loss) && Double.isFinite(kernels.dot(next, next));
    List<SphericalSharpness> sharpness = finite ? sharpness(step, here, gradient) : List.of();
    long measured = nanoTime.getAsLong();
    return new StepRecord(
        step,
        loss,
        weightNormSquared,
        gradientNormSquared,
        settings.hyperparameters().learningRate(),
        settings.hyperparameters().weightDecay(),
        finite ? memory.cosine() : null,
        finite ? memory.directionalCurvature() : null,
        sharpness,
        finite ? scores(step) : null,
        differentiated - start,
        measured - differentiated,
        gradient);
  }

  private List<SphericalSharpness> sharpness(long step, Linearization here, Tensor gradient) {
    return Stream.of(
            curvature.atIterate(step, here, weights, gradient),
            curvature.atMidpoint(step, weights, next, gradient))
        .filter(Objects::nonNull)
        .toList();
  }

  private @Nullable Scores scores(long step) {
    return DescentSettings.due(step, settings.evaluateEvery()) ? landscape.evaluate(weights) : null;
  }

  private void update(Tensor gradient) {
    kernels.copy(weights, next);
    kernels.scale(1 - settings.hyperparameters().intrinsicLearningRate(), next);
    kernels.axpy(-settings.hyperparameters().learningRate(), gradient, next);
  }

  private void advance() {
    memory.advance(weights, next);
    Tensor previous = weights;
    weights = next;
    next = previous;
  }
}
