package brink.trainer.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.DescentSettings;
import brink.trainer.descent.GradientDescent;
import brink.trainer.descent.Hyperparameters;
import brink.trainer.descent.Problem;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Precision;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.landscape.WeightBlock;
import brink.trainer.request.OptionException;
import brink.trainer.request.RunOptions;
import brink.trainer.request.RunRequest;
import brink.trainer.request.RunRequestBuilder;
import brink.trainer.request.TrainedParameters;
import brink.trainer.run.RunPlan;
import brink.trainer.run.RunPlanner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;

class Dl4jKindTest {
  private static final String DATA = "synthetic:teacher?n=30&test=0&d=5&classes=3";

  @TempDir Path folder;

  private final Kernels kernels = new CpuKernels(1);
  private final RunRequestBuilder options = RunRequest.builder();
  private Path file = Path.of("");

  /** In single precision, as DL4J does unless told otherwise. */
  @BeforeEach
  void save() throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(
                    new DenseLayer.Builder().nIn(5).nOut(4).activation(Activation.IDENTITY).build())
                .layer(new BatchNormalization())
                .layer(
                    new OutputLayer.Builder().nIn(4).nOut(3).activation(Activation.SOFTMAX).build())
                .build());
    network.init();
    file = folder.resolve("mine.zip");
    ModelSerializer.writeModel(network, file.toFile(), true);
  }

  @AfterEach
  void close() {
    kernels.close();
  }

  private ProblemInput input(String source) {
    return new ProblemInput(options.build(), source, DataReader.ANEW);
  }

  @Test
  void build_savedNetwork_trainsItsNormalizedWeights() {
    Problem problem = new Dl4jKind(file).build(kernels, input(DATA));

    assertThat(problem.landscape().dimension()).isEqualTo(20);
    assertThat(problem.scaleInvariantDimension()).isZero(); // ε = 1e-5
    assertThat(problem.landscape().layers())
        .extracting(WeightBlock::name)
        .containsExactly("layer0.W");
    assertThat(problem.network())
        .startsWith("mine.zip: MultiLayerNetwork of DenseLayer, BatchNormalization, OutputLayer")
        .contains("20 of 47 parameters trained")
        .endsWith("; exact Hessian-vector products on Brink's own engine");
    // DL4J's ε = 1e-5 over variances of about 1, and less where units vary little
    assertThat(problem.scaleInvarianceError()).isBetween(1e-10, 1e-3);
  }

  @Test
  void build_allParameters_saysHowManyAreScaleInvariant() {
    options.dl4jTrain(TrainedParameters.ALL);

    Problem problem = new Dl4jKind(file).build(kernels, input(DATA));

    assertThat(problem.landscape().dimension()).isEqualTo(47);
    assertThat(problem.scaleInvariantDimension()).isZero();
    assertThat(problem.landscape().scaleDependentLayers())
        .extracting(WeightBlock::name)
        .contains("layer1.gamma", "layer2.b");
  }

  @Test
  void plan_problemOnTheCommandLine_isTheFile() {
    RunOptions.read(List.of("--problem", "dl4j:" + file, "--data", DATA), options);

    RunPlan plan = RunPlanner.of(Clock.systemUTC(), new Random(1)).plan(options.build(), kernels);

    assertThat(plan.description().problem().name()).isEqualTo("dl4j");
    assertThat(plan.description().runId()).startsWith("dl4j-");
    assertThat(plan.description().problem().dimension()).isEqualTo(20);
  }

  @Test
  void build_float32_trainsToo() {
    try (Kernels narrow = new CpuKernels(Precision.FLOAT32, 1)) {
      Problem problem = new Dl4jKind(file).build(narrow, input(DATA));

      assertThat(losses(descent(problem, 20))).isSortedAccordingTo(Comparator.reverseOrder());
    }
  }

  @Test
  void run_resumedOnTheFileReadAgain_goesOnBitForBit() {
    List<Double> whole = losses(descent(new Dl4jKind(file).build(kernels, input(DATA)), 20));
    GradientDescent first = descent(new Dl4jKind(file).build(kernels, input(DATA)), 20);
    List<Double> losses = new ArrayList<>();
    var _ = first.run(step -> losses.add(step.loss()), () -> losses.size() == 7);
    GradientDescent second = descent(new Dl4jKind(file).build(kernels, input(DATA)), 20);

    second.restore(first.save());
    losses.addAll(losses(second));

    assertThat(losses).isEqualTo(whole);
  }

  private static GradientDescent descent(Problem problem, int steps) {
    DescentSettings settings =
        DescentSettings.of(new Hyperparameters(0.1, 3e-3), steps)
            .withCurvature(CurvaturePoints.MIDPOINT, 1);
    return new GradientDescent(
        problem.landscape(), problem.initialWeights(), settings, System::nanoTime);
  }

  private static List<Double> losses(GradientDescent descent) {
    List<Double> losses = new ArrayList<>();
    var _ = descent.run(step -> losses.add(step.loss()), () -> false);
    return losses;
  }

  @Test
  void build_wrongFileOrData_isOneLine() {
    assertThatThrownBy(() -> new Dl4jKind(folder).build(kernels, input(DATA)))
        .isInstanceOf(OptionException.class)
        .hasMessage(
            "--problem dl4j: "
                + folder
                + " is a folder; give the file that ModelSerializer.writeModel wrote");
    assertThatThrownBy(
            () -> new Dl4jKind(file).build(kernels, input("synthetic:teacher?n=30&d=6&classes=3")))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("takes 5 features, synthetic:teacher has 6");
  }
}
