package brink.trainer.dl4j;

import static brink.trainer.dl4j.ConvertedModels.dense;
import static brink.trainer.dl4j.ConvertedModels.sequence;
import static brink.trainer.dl4j.ConvertedModels.softmax;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.data.Split;
import brink.trainer.descent.Initialization;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Precision;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.landscape.Landscape;
import brink.trainer.landscape.Linearization;
import brink.trainer.landscape.Scores;
import brink.trainer.landscape.WeightBlock;
import brink.trainer.listener.Models;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Networks on our own engine against DL4J's gradients of the same files. */
class Dl4jModelTest {
  /** Some hundred roundings of 1e-16 behind every number, in two programs. */
  private static final double ROUNDING = 1e-12;

  /** Of a difference with ε = 5e-6·‖w‖/‖v‖: ε² times fourth derivatives, and 1e-15/ε. */
  private static final double DIFFERENCE = 1e-7;

  private static final Split IMAGES = ConvertedModels.IMAGES;

  private static final Split CLASSES = RandomFeatures.split(Models.FEATURES, null, Models.CLASSES);

  @TempDir Path folder;

  private final Kernels kernels = new CpuKernels(1);

  @AfterEach
  void close() {
    kernels.close();
  }

  private Path save(Model model) throws IOException {
    Path file = folder.resolve("model.zip");
    ModelSerializer.writeModel(model, file.toFile(), true);
    return file;
  }

  private Dl4jModel read(Model model, Split data, boolean all) throws IOException {
    return Dl4jModel.read(save(model), data, all);
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

  private static void assertClose(double[] actual, double[] expected, double tolerance) {
    double size = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      size += expected[i] * expected[i];
      difference += (actual[i] - expected[i]) * (actual[i] - expected[i]);
    }
    assertThat(Math.sqrt(difference)).isLessThanOrEqualTo(tolerance * Math.sqrt(size));
  }

  static Stream<ConvertedModels.Case> models() {
    return ConvertedModels.all();
  }

  @ParameterizedTest
  @MethodSource("models")
  void landscape_normalizedWeights_isThatOfDl4j(ConvertedModels.Case model) throws IOException {
    compare(model, false);
  }

  @ParameterizedTest
  @MethodSource("models")
  void landscape_allParameters_isThatOfDl4j(ConvertedModels.Case model) throws IOException {
    compare(model, true);
  }

  private void compare(ConvertedModels.Case model, boolean all) throws IOException {
    Dl4jModel read = read(model.model(), model.data(), all);
    assertThat(read.describe()).endsWith("; exact Hessian-vector products on Brink's own engine");
    Landscape ours = read.landscape(kernels);
    Dl4jLandscape theirs = read.differences(kernels);
    double[] saved = theirs.currentWeights();
    double[] v = Initialization.normal(5, saved.length, 1);
    double[] w = Initialization.normal(6, saved.length, 0.2);
    for (int i = 0; i < w.length; i++) {
      w[i] += saved[i];
    }

    Linearization ofTheirs = theirs.linearize(tensor(w));
    Linearization ofOurs = ours.linearize(tensor(read.inOrder(w)));

    assertThat(read.initialWeights(kernels).get()).containsExactly(read.inOrder(saved));
    assertThat(ofOurs.loss()).isCloseTo(ofTheirs.loss(), within(ROUNDING * ofTheirs.loss()));
    assertClose(ofOurs.gradient().get(), read.inOrder(ofTheirs.gradient().get()), ROUNDING);
    assertClose(product(ofOurs, read.inOrder(v)), read.inOrder(product(ofTheirs, v)), DIFFERENCE);
    assertThat(ours.layers())
        .extracting(WeightBlock::name, WeightBlock::size)
        .containsExactlyInAnyOrderElementsOf(
            theirs.layers().stream().map(block -> tuple(block.name(), block.size())).toList());
    assertThat(names(ours)).containsExactlyInAnyOrderElementsOf(names(theirs));
    assertScores(ours.evaluate(tensor(read.inOrder(w))), theirs.evaluate(tensor(w)));
  }

  private static List<String> names(Landscape landscape) {
    return landscape.scaleDependentLayers().stream().map(WeightBlock::name).toList();
  }

  private static void assertScores(Scores ours, Scores theirs) {
    double test = Objects.requireNonNull(theirs.testLoss());
    assertThat(ours.trainLoss())
        .isCloseTo(Objects.requireNonNull(theirs.trainLoss()), within(1e-11));
    // DL4J's running statistics are made of a difference, divided by 1 − decay
    assertThat(ours.testLoss()).isCloseTo(test, within(1e-9 * test));
    assertThat(ours.trainAccuracy()).isEqualTo(theirs.trainAccuracy());
    assertThat(ours.testAccuracy()).isEqualTo(theirs.testAccuracy());
  }

  @ParameterizedTest
  @EnumSource(
      value = PoolingType.class,
      names = {"MAX", "AVG"})
  void landscape_globalPooling_isThatOfDl4j(PoolingType type) throws IOException {
    Model model = ConvertedModels.globalPool(type);
    compare(new ConvertedModels.Case(type.name(), model, ConvertedModels.IMAGES), false);
  }

  @Test
  void hessianVectorProduct_withoutEpsilon_obeysEulersIdentity() throws IOException {
    Dl4jModel read = read(Models.perceptron(ConvertedModels.base(), 0), CLASSES, false);
    Landscape landscape = read.landscape(kernels);
    double[] w = read.initialWeights(kernels).get();

    Linearization here = landscape.linearize(tensor(w));

    assertThat(landscape.scaleInvariantDimension()).isEqualTo(88);
    Tensor sum = tensor(product(here, w));
    kernels.axpy(1, here.gradient(), sum);
    assertThat(kernels.norm(sum)).isLessThan(ROUNDING * kernels.norm(here.gradient()));
  }

  @Test
  void landscape_epsilonZeroBehindConcatenation_isScaleInvariantInEachBranch() throws IOException {
    Dl4jModel read = read(ConvertedModels.concatenatedVectors(0), ConvertedModels.VECTORS, false);
    Landscape landscape = read.landscape(kernels);
    double[] w = read.initialWeights(kernels).get();
    Linearization here = landscape.linearize(tensor(w));
    double loss = here.loss();

    assertThat(read.isExact()).isTrue();
    assertThat(landscape.scaleInvariantDimension()).isEqualTo(7 * 4 + 7 * 3 + 7 * 5);
    for (WeightBlock block : landscape.layers()) {
      double[] scaled = w.clone();
      for (int i = Math.toIntExact(block.offset()); i < block.end(); i++) {
        scaled[i] *= 3;
      }
      assertThat(landscape.linearize(tensor(scaled)).loss())
          .as(block.name())
          .isCloseTo(loss, within(ROUNDING * loss));
    }
  }

  @Test
  void landscape_float32_hasTheGradientOfFloat64() throws IOException {
    Dl4jModel read = read(ConvertedModels.globalPool(PoolingType.AVG), IMAGES, false);
    double[] expected =
        read.landscape(kernels).linearize(read.initialWeights(kernels)).gradient().get();

    try (Kernels narrow = new CpuKernels(Precision.FLOAT32, 1)) {
      double[] actual =
          read.landscape(narrow).linearize(read.initialWeights(narrow)).gradient().get();
      // unit roundoff of 6e-8, some ten layers of sums
      assertClose(actual, expected, 1e-5);
    }
  }

  static Stream<Arguments> models_withoutCounterpart() {
    InputType vector = InputType.feedForward(7);
    InputType image = InputType.convolutional(6, 5, 2);
    return Stream.of(
        without(
            "layer layer2 (DenseLayer) has the activation ActivationSigmoid",
            sequence(vector, linear(), norm(), dense(4, new ActivationSigmoid()), softmax()),
            ConvertedModels.VECTORS),
        without(
            "layer layer2 (DenseLayer) has the activation ActivationGELU",
            sequence(vector, linear(), norm(), dense(4, new ActivationGELU(false)), softmax()),
            ConvertedModels.VECTORS),
        without(
            "layer layer2 (DenseLayer) has the activation ActivationGELU",
            sequence(vector, linear(), norm(), dense(4, new ActivationGELU(true)), softmax()),
            ConvertedModels.VECTORS),
        without(
            "layer layer1 (BatchNormalization) has γ and β locked at other values than 1 and 0",
            sequence(
                vector,
                linear(),
                new BatchNormalization.Builder().lockGammaBeta(true).gamma(2).build(),
                softmax()),
            ConvertedModels.VECTORS),
        without(
            "layer layer2 (OutputLayer) has the loss LossBinaryXENT of ActivationSigmoid",
            sequence(
                vector,
                linear(),
                norm(),
                ConvertedModels.output(new LossBinaryXENT(), Activation.SIGMOID)),
            ConvertedModels.VECTORS),
        without(
            "layer layer0 (ConvolutionLayer) pads one side more than the other",
            sequence(
                image,
                new ConvolutionLayer.Builder(2, 2)
                    .nOut(3)
                    .convolutionMode(ConvolutionMode.Same)
                    .activation(Activation.IDENTITY)
                    .build(),
                norm(),
                softmax()),
            IMAGES),
        without(
            "layer layer0 (ConvolutionLayer) has a kernel of 1×3, which is not square",
            sequence(
                image,
                new ConvolutionLayer.Builder(1, 3).nOut(3).activation(Activation.IDENTITY).build(),
                norm(),
                softmax()),
            IMAGES),
        without(
            "its layers have counterparts, but the loss differs from DL4J's by",
            sequence(
                vector,
                linear(),
                norm(),
                ConvertedModels.output(new LossMCXENT(0.3, null), Activation.SOFTMAX)),
            ConvertedModels.VECTORS),
        without(
            "vertex ab (MergeVertex) is neither a layer of one input, nor a sum of two, nor a"
                + " concatenation of channels",
            stacked(),
            IMAGES),
        without("vertex b is on two branches", reusing(), ConvertedModels.VECTORS));
  }

  /** Images one below the other, which are normalized together. */
  private static Model stacked() {
    MergeVertex rows = new MergeVertex();
    rows.setMergeAxis(2);
    return ConvertedModels.graph(
        ConvertedModels.base()
            .graphBuilder()
            .addInputs("in")
            .addLayer("stem", convolution(2), "in")
            .addLayer("stemN", normOfThree(), "stem")
            .addLayer("a", convolution(3), "stemN")
            .addLayer("b", convolution(3), "stemN")
            .addVertex("ab", rows, "a", "b")
            .addLayer("abN", normOfThree(), "ab")
            .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), "abN")
            .addLayer("out", Models.output(3), "pool"));
  }

  private static Layer normOfThree() {
    return new BatchNormalization.Builder().nIn(3).nOut(3).build();
  }

  private static Layer convolution(int channels) {
    return new ConvolutionLayer.Builder(1, 1)
        .nIn(channels)
        .nOut(3)
        .activation(Activation.IDENTITY)
        .build();
  }

  /** A branch that takes what another has made. */
  private static Model reusing() {
    return ConvertedModels.graph(
        ConvertedModels.base()
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.feedForward(7))
            .addLayer("a", linear(), "in")
            .addLayer("n", norm(), "a")
            .addLayer("b", linear(), "n")
            .addLayer("c", linear(), "n", "b")
            .addLayer("out", softmax(), "n", "b", "c"));
  }

  private static Arguments without(String reason, Model model, Split data) {
    return Arguments.of(reason, model, data);
  }

  private static Layer linear() {
    return dense(6, new ActivationIdentity());
  }

  private static Layer norm() {
    return new BatchNormalization();
  }

  @ParameterizedTest
  @MethodSource("models_withoutCounterpart")
  void read_noCounterpart_takesDifferencesAndSaysWhy(String reason, Model model, Split data)
      throws IOException {
    Dl4jModel read = read(model, data, false);

    assertThat(read.isExact()).isFalse();
    assertThat(read.memory(Precision.FLOAT64)).isNull();
    assertThat(read.describe())
        .contains(
            "; Hessian-vector products by central differences of DL4J's gradients: " + reason);
    double[] start = read.initialWeights(kernels).get();
    assertThat(start).hasSize(read.dimension());
    Dl4jLandscape landscape = (Dl4jLandscape) read.landscape(kernels);
    assertThat(landscape.currentWeights()).containsExactly(start);
    try (Kernels narrow = new CpuKernels(Precision.FLOAT32, 1)) {
      assertThatThrownBy(() -> read.landscape(narrow))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(reason)
          .hasMessageEndingWith("need --precision float64");
    }
  }
}
