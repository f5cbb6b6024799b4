package brink.trainer.descent;

import brink.trainer.curvature.SphericalSharpness;
import brink.trainer.descent.DescentOutcome.Status;
import brink.trainer.flow.FlowPredictor;
import brink.trainer.flow.PredictedFlow;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Scalar;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Landscape;
import brink.trainer.landscape.Linearization;
import brink.trainer.landscape.Scores;
import brink.trainer.state.SavedState;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Full-batch gradient descent with weight decay, w ← (1 − η·λ_wd)·w − η·∇L(w) or another {@link
 * UpdateRule}, which hands out what it measured at every step. The same landscape, start and
 * settings give the same records, timings aside; so does going on from a saved state.
 */
public final class GradientDescent {
  /** Name of the number of the next step in a saved state. */
  public static final String STEP = "step";

  private final Landscape landscape;
  private final Kernels kernels;
  private final DescentSettings settings;
  private final LongSupplier nanoTime;
  private final CurvatureMeter curvature;
  private final GradientMemory memory;
  private final @Nullable FlowPredictor predictor;
  private final @Nullable RoundingNoise noise;
  private final Update update;
  private final LayerNorms layerNorms;
  private final Scalar nextSquared;
  private Tensor weights;
  private Tensor next;
  private double weightsSquared;
  private long step;

  /**
   * @param landscape is linearized at will during the run
   * @param initialWeights w_0, 1×dimension, copied
   * @param nanoTime clock of the records' timings, for example {@code System::nanoTime}
   * @throws IllegalArgumentException if flows are to be predicted and the landscape is too large
   */
  public GradientDescent(
      Landscape landscape, Tensor initialWeights, DescentSettings settings, LongSupplier nanoTime) {
    this.landscape = landscape;
    this.settings = settings;
    this.nanoTime = nanoTime;
    kernels = landscape.kernels();
    curvature = new CurvatureMeter(landscape, settings);
    memory = new GradientMemory(kernels, landscape.dimension());
    predictor =
        settings.predictions().on()
            ? new FlowPredictor(
                landscape,
                settings.predictions(),
                settings.hyperparameters().learningRate(),
                settings.hyperparameters().weightDecay())
            : null;
    noise = RoundingNoise.isDefined(landscape) ? new RoundingNoise(landscape) : null;
    weights = kernels.allocate(1, landscape.dimension());
    next = kernels.allocate(1, landscape.dimension());
    kernels.copy(initialWeights, weights);
    update = Update.of(settings.rule(), kernels, landscape.dimension());
    update.begin(weights);
    layerNorms = new LayerNorms(kernels, landscape.layers());
    nextSquared = kernels.allocateScalar();
    weightsSquared = kernels.dot(weights, weights);
  }

  /** What the next step depends on; valid until it is taken. To be asked for between two steps. */
  public SavedState save() {
    SavedState state = new SavedState();
    state.put(STEP, step);
    state.put("weights", weights);
    memory.save(state);
    update.save(state);
    curvature.save(state);
    if (predictor != null) {
      predictor.save(state);
    }
    return state;
  }

  /**
   * Goes on where another descent of the same landscape, start and settings was saved.
   *
   * @throws IllegalStateException if the state is not of such a descent
   */
  public void restore(SavedState state) {
    step = state.number(STEP);
    state.restore("weights", weights);
    memory.restore(state);
    update.restore(state);
    weightsSquared = kernels.dot(weights, weights);
    curvature.restore(state);
    if (predictor != null) {
      predictor.restore(state);
    }
  }

  /**
   * Goes on from another descent of the same landscape under these settings: with its weights, its
   * step number and the gradient before, and with its velocity where both have momentum. Curvature
   * and predicted flows are measured as in a new run, since what they gather over many steps would
   * mix both settings.
   *
   * @throws IllegalStateException if the state is not of a descent of this dimension
   */
  public void fork(SavedState state) {
    step = state.number(STEP);
    state.restore("weights", weights);
    memory.restore(state);
    update.fork(state);
    weightsSquared = kernels.dot(weights, weights);
  }

  /**
   * Trains until all steps are done, the run diverges, or it is asked to stop. A run that diverges
   * hands out its last record too, with the loss as it is.
   *
   * @param stop asked before every step
   * @throws ArithmeticException if the loss is undefined at the weights; the message names the step
   */
  public DescentOutcome run(StepListener listener, BooleanSupplier stop) {
    while (step < settings.steps()) {
      if (stop.getAsBoolean()) {
        return new DescentOutcome(step - 1, Status.STOPPED);
      }
      StepRecord record = step();
      listener.onStep(record);
      if (diverged(record)) {
        return new DescentOutcome(step, Status.DIVERGED);
      }
      advance();
      listener.onAdvanced(step);
    }
    return new DescentOutcome(step - 1, Status.COMPLETED);
  }

  private static boolean diverged(StepRecord record) {
    return !Double.isFinite(record.loss())
        || !Double.isFinite(record.weightNormSquared())
        || !Double.isFinite(record.gradientNormSquared());
  }

  private StepRecord step() {
    try {
      return measure();
    } catch (ArithmeticException undefined) {
      String where = "step " + step + ": " + undefined.getMessage();
      throw (ArithmeticException) new ArithmeticException(where).initCause(undefined);
    }
  }

  private StepRecord measure() {
    curvature.begin();
    long start = nanoTime.getAsLong();
    // All is queued before the first number is read, so that a device is waited for once.
    Linearization here = landscape.linearize(weights);
    memory.record(here.gradient());
    Tensor gradient = memory.gradient();
    Hyperparameters now = settings.hyperparametersAt(step);
    update.apply(now, weights, gradient, next);
    kernels.dot(next, next, nextSquared);
    double loss = here.loss();
    Norms norms = new Norms(weightsSquared, nextSquared.get(), memory.squaredNorm());
    long differentiated = nanoTime.getAsLong();
    boolean finite = Double.isFinite(loss) && Double.isFinite(norms.nextSquared());
    List<SphericalSharpness> sharpness = finite ? sharpness(here, gradient, norms) : List.of();
    List<PredictedFlow> predictions = finite ? predictions() : List.of();
    Double noiseSquared = finite ? noise(gradient) : null;
    long measured = nanoTime.getAsLong();
    return new StepRecord(
        step,
        loss,
        norms.weightsSquared(),
        norms.gradientSquared(),
        now.learningRate(),
        now.weightDecay(),
        finite ? memory.cosine() : null,
        finite ? memory.directionalCurvature() : null,
        sharpness,
        finite ? scores() : null,
        layers(gradient),
        predictions,
        curvature.flowTest(),
        noiseSquared,
        differentiated - start,
        measured - differentiated,
        gradient);
  }

  private List<SphericalSharpness> sharpness(Linearization here, Tensor gradient, Norms norms) {
    return Stream.of(
            curvature.atIterate(step, here, weights, gradient, norms),
            curvature.atMidpoint(step, weights, next, gradient, norms))
        .filter(Objects::nonNull)
        .toList();
  }

  private List<PredictedFlow> predictions() {
    return predictor == null ? List.of() : predictor.observe(step, weights, next);
  }

  private @Nullable Double noise(Tensor gradient) {
    return noise != null && DescentSettings.due(step, RoundingNoise.EVERY)
        ? noise.measure(weights, gradient)
        : null;
  }

  private @Nullable Scores scores() {
    return DescentSettings.due(step, settings.evaluateEvery()) ? landscape.evaluate(weights) : null;
  }

  private List<LayerRecord> layers(Tensor gradient) {
    if (!DescentSettings.due(step, settings.layersEvery())) {
      return List.of();
    }
    return layerNorms.measure(weights, gradient, curvature.layers());
  }

  private void advance() {
    memory.advance(weights, next);
    Tensor previous = weights;
    weights = next;
    weightsSquared = nextSquared.get();
    next = previous;
    step++;
  }
}
