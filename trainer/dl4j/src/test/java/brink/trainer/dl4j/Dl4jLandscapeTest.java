package brink.trainer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.curvature.SphereGeometry;
import brink.trainer.data.DataOptions;
import brink.trainer.data.DataSource;
import brink.trainer.data.Dataset;
import brink.trainer.data.Split;
import brink.trainer.data.Targets;
import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.DescentSettings;
import brink.trainer.descent.GradientDescent;
import brink.trainer.descent.Hyperparameters;
import brink.trainer.descent.Initialization;
import brink.trainer.descent.StepRecord;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.landscape.BnLinear;
import brink.trainer.landscape.Linearization;
import brink.trainer.landscape.Scores;
import brink.trainer.landscape.WeightBlock;
import brink.trainer.listener.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class Dl4jLandscapeTest {
  private static final Split CLASSES = load("synthetic:teacher?n=40&test=30&d=6&classes=3&noise=0");
  private static final Split NUMBERS = load("synthetic:regression?n=25&test=20&d=9");

  /** Error of a difference with ε = 6e-6: ε²/6 times fourth derivatives ~ 10, and 1e-15/ε. */
  private static final double DIFFERENCE = 1e-8;

  @TempDir Path folder;

  private final Kernels kernels = new CpuKernels(1);

  @AfterEach
  void close() {
    kernels.close();
  }

  private static Split load(String source) {
    return DataSource.parse(source).load(DataOptions.DEFAULT);
  }

  private Path save(Model model) throws IOException {
    Path file = folder.resolve("model.zip");
    ModelSerializer.writeModel(model, file.toFile(), true);
    return file;
  }

  private Dl4jLandscape read(Model model, Split data, boolean all) throws IOException {
    return Dl4jModel.read(save(model), data, all).differences(kernels);
  }

  private Tensor tensor(double[] values) {
    Tensor tensor = kernels.allocate(1, values.length);
    tensor.set(values);
    return tensor;
  }

  private double[] product(Linearization here, double[] v) {
    Tensor result = kernels.allocate(1, v.length);
    here.hessianVectorProduct(tensor(v), result);
    return result.get();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[] scaled(double[] x, double by) {
    double[] result = x.clone();
    for (int i = 0; i < x.length; i++) {
      result[i] *= by;
    }
    return result;
  }

  private static NeuralNetConfiguration.Builder base() {
    return new NeuralNetConfiguration.Builder()
        .seed(3)
        .dataType(DataType.DOUBLE)
        .updater(new Sgd(0.1));
  }

  /** bn-linear as a DL4J network, with twice the loss and next to no ε. */
  private static MultiLayerNetwork linear() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            base()
                .list()
                .layer(
                    new DenseLayer.Builder().nIn(9).nOut(1).activation(Activation.IDENTITY).build())
                .layer(new BatchNormalization.Builder().nOut(1).eps(1e-14).build())
                .layer(
                    new LossLayer.Builder(LossFunction.MSE).activation(Activation.IDENTITY).build())
                .build());
    network.init();
    return network;
  }

  private BnLinear own() {
    Dataset train = NUMBERS.train();
    Dataset test = Objects.requireNonNull(NUMBERS.test());
    return BnLinear.from(kernels, rows(train), values(train), rows(test), values(test));
  }

  private static double[][] rows(Dataset data) {
    double[][] rows = new double[data.size()][data.dimension()];
    for (int i = 0; i < rows.length; i++) {
      data.features().copyRow(i, rows[i], 0);
    }
    return rows;
  }

  private static double[] values(Dataset data) {
    return ((Targets.Values) data.targets()).values();
  }

  @Test
  void derivatives_linearNetwork_areThoseOfOurOwnEngine() throws IOException {
    Dl4jLandscape landscape = read(linear(), NUMBERS, false);
    double[] w = Initialization.normal(4, 9, 1);
    double[] v = Initialization.normal(5, 9, 1);

    Linearization theirs = landscape.linearize(tensor(w));
    Linearization ours = own().linearize(tensor(w));

    // sums of 25 terms of size 1, and ε = 1e-14
    assertThat(theirs.loss()).isCloseTo(2 * ours.loss(), within(1e-12));
    assertThat(theirs.gradient().get())
        .containsExactly(scaled(ours.gradient().get(), 2), within(1e-12));
    assertThat(product(theirs, v)).containsExactly(scaled(product(ours, v), 2), within(DIFFERENCE));
  }

  @Test
  void evaluate_testSet_usesStatisticsOfTheTrainingSet() throws IOException {
    Dl4jLandscape landscape = read(linear(), NUMBERS, false);
    Tensor w = tensor(Initialization.normal(4, 9, 1));

    Scores theirs = landscape.evaluate(w);
    Scores ours = own().evaluate(w);

    assertThat(theirs.trainLoss())
        .isCloseTo(2 * Objects.requireNonNull(ours.trainLoss()), within(1e-12));
    assertThat(theirs.testLoss())
        .isCloseTo(2 * Objects.requireNonNull(ours.testLoss()), within(1e-10));
    assertThat(theirs.testAccuracy()).isNull();
  }

  @Test
  void hessianVectorProduct_perceptron_isSymmetricAndObeysTheIdentities() throws IOException {
    Dl4jLandscape landscape = read(Models.perceptron(base(), 1e-14), CLASSES, false);
    double[] w = landscape.currentWeights();
    double[] u = Initialization.normal(6, w.length, 1);
    double[] v = Initialization.normal(7, w.length, 1);

    Linearization here = landscape.linearize(tensor(w));
    double[] gradient = here.gradient().get();

    assertThat(landscape.dimension()).isEqualTo(88);
    assertThat(landscape.scaleInvariantDimension()).isZero(); // for all that ε = 1e-14
    assertThat(dot(w, gradient)).isCloseTo(0, within(1e-12));
    assertThat(product(here, w)).containsExactly(scaled(gradient, -1), within(DIFFERENCE));
    assertThat(dot(u, product(here, v)))
        .isCloseTo(dot(v, product(here, u)), within(DIFFERENCE * 88));
    // twice as long a vector, twice the product
    assertThat(product(here, scaled(v, 2)))
        .containsExactly(scaled(product(here, v), 2), within(2 * DIFFERENCE));
  }

  @Test
  void gradient_allParameters_equalsCentralDifferenceOfLoss() throws IOException {
    Dl4jLandscape landscape = read(Models.graph(new Sgd(0.1)), images(), true);
    double[] w = landscape.currentWeights();
    double[] v = Initialization.normal(7, w.length, 1);
    double h = 1e-5;
    double[] ahead = w.clone();
    double[] behind = w.clone();
    for (int i = 0; i < w.length; i++) {
      ahead[i] += h * v[i];
      behind[i] -= h * v[i];
    }

    double slope = dot(landscape.linearize(tensor(w)).gradient().get(), v);

    double difference =
        landscape.linearize(tensor(ahead)).loss() - landscape.linearize(tensor(behind)).loss();
    // truncation h²/6 times a third derivative of some hundreds, rounding 1e-15/h
    assertThat(slope).isCloseTo(difference / (2 * h), within(1e-7));
    assertThat(landscape.scaleDependentLayers()).isEqualTo(landscape.layers());
    assertThat(landscape.layers()).extracting(WeightBlock::name).contains("c.W", "c.b", "out.W");
    assertThat(landscape.layers().getLast().end()).isEqualTo(landscape.dimension());
  }

  private static Split images() {
    Split digits = load("synthetic:digits?n=24&test=9&size=8&classes=3");
    // The graph takes 4×4 images: every second pixel of every second row.
    return new Split(
        SmallImages.of(digits.train()), SmallImages.of(Objects.requireNonNull(digits.test())));
  }

  @Test
  void run_perceptron_reachesTheEdge() throws IOException {
    Dl4jLandscape landscape = read(Models.perceptron(base(), 1e-10), CLASSES, false);
    DescentSettings settings =
        DescentSettings.of(new Hyperparameters(0.5, 8e-3), 600)
            .withCurvature(CurvaturePoints.MIDPOINT, 25)
            .withEvaluateEvery(500);
    List<StepRecord> records = new ArrayList<>();

    new GradientDescent(landscape, tensor(landscape.currentWeights()), settings, System::nanoTime)
        .run(records::add, () -> false);

    double ratio =
        records.subList(400, 600).stream()
            .filter(step -> !step.sharpness().isEmpty())
            .mapToDouble(
                step ->
                    SphereGeometry.stabilityRatio(
                        SphereGeometry.effectiveLearningRate(
                            step.learningRate(), step.weightDecay(), step.weightNormSquared()),
                        step.sharpness().getFirst().largest()))
            .average()
            .orElseThrow();
    // offset of order √η_in = 0.06, times a few in deep nets
    assertThat(ratio).isBetween(0.8, 1.2);
    Scores scores = Objects.requireNonNull(records.get(500).scores());
    assertThat(scores.trainAccuracy()).isGreaterThan(0.9);
    assertThat(scores.testAccuracy()).isBetween(0.3, 1.0);
  }

  @Test
  void linearize_weightPenalty_isNotInTheLoss() throws IOException {
    Dl4jLandscape with = read(Models.perceptron(new Sgd(1), 0.1), CLASSES, false);
    double[] w = with.currentWeights();
    double loss = with.linearize(tensor(w)).loss();
    Dl4jLandscape without = read(Models.perceptron(new Sgd(1), 0), CLASSES, false);

    assertThat(loss).isCloseTo(without.linearize(tensor(w)).loss(), within(1e-12));
  }

  @Test
  void linearization_afterAnother_isRefused() throws IOException {
    Dl4jLandscape landscape = read(linear(), NUMBERS, false);
    Linearization old = landscape.linearize(tensor(landscape.currentWeights()));
    landscape.linearize(tensor(landscape.currentWeights()));

    assertThatThrownBy(old::gradient).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void read_unusable_saysWhyInOneLine() throws IOException {
    Path text = Files.writeString(folder.resolve("text.zip"), "no zip");
    MultiLayerNetwork plain = Models.plain(new Sgd(1));
    MultiLayerNetwork dropout =
        new MultiLayerNetwork(
            base()
                .list()
                .layer(new DenseLayer.Builder().nIn(6).nOut(4).dropOut(0.5).build())
                .layer(Models.output(4))
                .build());
    dropout.init();

    refuses("no such file", () -> Dl4jModel.read(folder.resolve("x"), CLASSES, true));
    refuses("which is a zip file", () -> Dl4jModel.read(text, CLASSES, true));
    refuses("takes 6 features, synthetic:regression has 9", () -> read(plain, NUMBERS, true));
    refuses("--dl4j-train all", () -> read(plain, CLASSES, false));
    refuses("layer layer0 has dropout", () -> read(dropout, CLASSES, true));
    refuses(
        "the network has 3 outputs, synthetic:teacher needs 4",
        () -> read(plain, load("synthetic:teacher?n=40&d=6&classes=4"), true));
  }

  private static void refuses(
      String words, org.assertj.core.api.ThrowableAssert.ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words)
        .message()
        .hasLineCount(1);
  }
}
