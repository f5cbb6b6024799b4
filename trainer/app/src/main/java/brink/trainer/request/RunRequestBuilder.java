package brink.trainer.request;

import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.DirectCadence;
import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.cuda.Arithmetic;
import brink.v1.GradientEncoding;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link RunRequest}, from the defaults of the command line. What is null is left to the
 * problem that is trained. Nothing is checked before the run is planned. Not for several threads.
 */
public final class RunRequestBuilder {
  private ProblemName problem = ProblemName.BN_LINEAR;
  private @Nullable String data;
  private @Nullable Integer trainSize;
  private @Nullable Integer testSize;
  private @Nullable Long steps;
  private @Nullable Double learningRate;
  private @Nullable Double weightDecay;
  private long seed = 1;
  private DeviceName device = new DeviceName.Cpu();
  private Arithmetic precision = Arithmetic.FLOAT64;
  private Spilling spill = Spilling.AUTO;
  private @Nullable Integer threads;
  private @Nullable Integer rank;
  private @Nullable TrainedParameters dl4jTrain;
  private @Nullable List<Integer> hidden;
  private @Nullable Double width;
  private @Nullable Activation activation;
  private @Nullable NormalizationName normalization;
  private @Nullable Integer groups;
  private @Nullable Double epsilon;
  private @Nullable Loss loss;
  private @Nullable Double labelSmoothing;
  private @Nullable CurvaturePoints curvature;
  private int curvatureEvery = 1;
  private @Nullable DirectCadence directEvery;
  private int evaluateEvery = 100;
  private @Nullable Integer gradientsEvery;
  private GradientEncoding gradientEncoding = GradientEncoding.GRADIENT_ENCODING_F32;
  private @Nullable String runId;
  private @Nullable String name;
  private String group = "";
  private Map<String, String> tags = Map.of();
  private @Nullable String learningRateSchedule;
  private @Nullable String weightDecaySchedule;
  private double momentum;
  private UpdateKind update = UpdateKind.GD;
  private int layersEvery = 100;
  private int planeEvery = 100;
  private int predictFlow;
  private double predictFlowRestart;
  private @Nullable Path checkpointFolder;
  private @Nullable Integer checkpointEvery;

  RunRequestBuilder() {}

  /** What is trained. */
  public RunRequestBuilder problem(ProblemName value) {
    this.problem = value;
    return this;
  }

  /** Where the examples come from, as {@code --data} names it. */
  public RunRequestBuilder data(@Nullable String value) {
    this.data = value;
    return this;
  }

  /** Uses the first so many training examples. */
  public RunRequestBuilder trainSize(@Nullable Integer value) {
    this.trainSize = value;
    return this;
  }

  /** Uses the first so many test examples. */
  public RunRequestBuilder testSize(@Nullable Integer value) {
    this.testSize = value;
    return this;
  }

  /** Number of updates. */
  public RunRequestBuilder steps(long value) {
    this.steps = value;
    return this;
  }

  /** η, positive. */
  public RunRequestBuilder learningRate(@Nullable Double value) {
    this.learningRate = value;
    return this;
  }

  /** λ_wd, not negative, in w ← (1 − ηλ)w − η∇L. */
  public RunRequestBuilder weightDecay(@Nullable Double value) {
    this.weightDecay = value;
    return this;
  }

  /** Seed of the initial weights and of synthetic data. */
  public RunRequestBuilder seed(long value) {
    this.seed = value;
    return this;
  }

  /** What to compute on. */
  public RunRequestBuilder device(DeviceName value) {
    this.device = value;
    return this;
  }

  /** Format of numbers and of matrix products. */
  public RunRequestBuilder precision(Arithmetic value) {
    this.precision = value;
    return this;
  }

  /** Whether a GPU works on slices of what lies in the machine's memory. */
  public RunRequestBuilder spill(Spilling value) {
    this.spill = value;
    return this;
  }

  /** Threads that compute on the processor. */
  public RunRequestBuilder threads(@Nullable Integer value) {
    this.threads = value;
    return this;
  }

  /** Columns of the two factors of matrix completion. */
  public RunRequestBuilder rank(@Nullable Integer value) {
    this.rank = value;
    return this;
  }

  /** Which parameters of a DL4J network are trained. */
  public RunRequestBuilder dl4jTrain(@Nullable TrainedParameters value) {
    this.dl4jTrain = value;
    return this;
  }

  /** Widths of the hidden layers of a perceptron. */
  public RunRequestBuilder hidden(@Nullable List<Integer> value) {
    this.hidden = value;
    return this;
  }

  /** Multiplies all numbers of channels; 1 is the paper's. */
  public RunRequestBuilder width(@Nullable Double value) {
    this.width = value;
    return this;
  }

  /** Activation of the trained layers. */
  public RunRequestBuilder activation(@Nullable Activation value) {
    this.activation = value;
    return this;
  }

  /** Normalization of the trained layers. */
  public RunRequestBuilder normalization(@Nullable NormalizationName value) {
    this.normalization = value;
    return this;
  }

  /** Groups of group normalization. */
  public RunRequestBuilder groups(@Nullable Integer value) {
    this.groups = value;
    return this;
  }

  /** Added to the variance of batch, layer and group normalization. */
  public RunRequestBuilder epsilon(@Nullable Double value) {
    this.epsilon = value;
    return this;
  }

  /** Loss of the network's output. */
  public RunRequestBuilder loss(@Nullable Loss value) {
    this.loss = value;
    return this;
  }

  /** S of (1 − S)·(one-hot) + S/k, which training sees of k classes. */
  public RunRequestBuilder labelSmoothing(@Nullable Double value) {
    this.labelSmoothing = value;
    return this;
  }

  /** Where sharpness is measured. */
  public RunRequestBuilder curvature(@Nullable CurvaturePoints value) {
    this.curvature = value;
    return this;
  }

  /** Measures sharpness every so many steps; 0 is never. */
  public RunRequestBuilder curvatureEvery(int value) {
    this.curvatureEvery = value;
    return this;
  }

  /** When the gradient of log-sharpness is measured directly. */
  public RunRequestBuilder directEvery(@Nullable DirectCadence value) {
    this.directEvery = value;
    return this;
  }

  /** Evaluates on whole data sets every so many steps; 0 is never. */
  public RunRequestBuilder evaluateEvery(int value) {
    this.evaluateEvery = value;
    return this;
  }

  /** Publishes the gradient of every so many steps; 0 is never. */
  public RunRequestBuilder gradientsEvery(@Nullable Integer value) {
    this.gradientsEvery = value;
    return this;
  }

  /** Number format of published gradients. */
  public RunRequestBuilder gradientEncoding(GradientEncoding value) {
    this.gradientEncoding = value;
    return this;
  }

  /** Key of all records of the run, of 1 to 200 bytes. */
  public RunRequestBuilder runId(@Nullable String value) {
    this.runId = value;
    return this;
  }

  /** Name of the run, for people. */
  public RunRequestBuilder name(@Nullable String value) {
    this.name = value;
    return this;
  }

  /** Name that the runs of a study share; empty for none. */
  public RunRequestBuilder group(String value) {
    this.group = value;
    return this;
  }

  /** Free labels, in the place of those before. */
  public RunRequestBuilder tags(Map<String, String> value) {
    this.tags = value;
    return this;
  }

  /** How η changes, as {@code --learning-rate-schedule} has it. */
  public RunRequestBuilder learningRateSchedule(@Nullable String value) {
    this.learningRateSchedule = value;
    return this;
  }

  /** How λ_wd changes, likewise. */
  public RunRequestBuilder weightDecaySchedule(@Nullable String value) {
    this.weightDecaySchedule = value;
    return this;
  }

  /** β of the heavy ball, in [0, 1). */
  public RunRequestBuilder momentum(double value) {
    this.momentum = value;
    return this;
  }

  /** Where the weights move. */
  public RunRequestBuilder update(UpdateKind value) {
    this.update = value;
    return this;
  }

  /** Measures single layers every so many steps; 0 is never. */
  public RunRequestBuilder layersEvery(int value) {
    this.layersEvery = value;
    return this;
  }

  /** Sets the plane that the motion is followed in anew every so many steps; 0 is never. */
  public RunRequestBuilder planeEvery(int value) {
    this.planeEvery = value;
    return this;
  }

  /** Predicts flows every so many steps, on small problems; 0 is never. */
  public RunRequestBuilder predictFlow(int value) {
    this.predictFlow = value;
    return this;
  }

  /** Flow time after which predicted flows start anew; 0 is at entries of the edge only. */
  public RunRequestBuilder predictFlowRestart(double value) {
    this.predictFlowRestart = value;
    return this;
  }

  /** Where checkpoints are written. */
  public RunRequestBuilder checkpointFolder(@Nullable Path value) {
    this.checkpointFolder = value;
    return this;
  }

  /** Writes a checkpoint every so many steps. */
  public RunRequestBuilder checkpointEvery(@Nullable Integer value) {
    this.checkpointEvery = value;
    return this;
  }

  /** The request. */
  public RunRequest build() {
    return new RunRequest(
        new ProblemChoice(problem, seed, network(), rank, dl4jTrain),
        new DataChoice(data, trainSize, testSize),
        descent(),
        measurements(),
        new PublishingChoice(runId, name, group, tags, gradientsEvery, gradientEncoding),
        new CheckpointChoice(checkpointFolder, checkpointEvery),
        new DeviceChoice(device, precision, spill, threads));
  }

  private NetworkChoice network() {
    return new NetworkChoice(
        hidden,
        width,
        activation,
        new NormalizationChoice(normalization, groups, epsilon),
        new LossChoice(loss, labelSmoothing));
  }

  private DescentChoice descent() {
    HyperparameterChoice hyperparameters =
        new HyperparameterChoice(
            learningRate, weightDecay, learningRateSchedule, weightDecaySchedule);
    return new DescentChoice(steps, hyperparameters, momentum, update);
  }

  private MeasurementChoice measurements() {
    return new MeasurementChoice(
        curvature,
        curvatureEvery,
        directEvery,
        evaluateEvery,
        layersEvery,
        planeEvery,
        new PredictionChoice(predictFlow, predictFlowRestart));
  }
}
