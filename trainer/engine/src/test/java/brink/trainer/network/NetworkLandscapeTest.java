package brink.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.landscape.Linearization;
import brink.trainer.landscape.Scores;
import brink.trainer.landscape.WeightBlock;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NetworkLandscapeTest {
  private final Kernels kernels = new CpuKernels(1);
  private final TinyNet net = TinyNet.of(Activation.TANH, Loss.SOFTMAX_CROSS_ENTROPY);

  @AfterEach
  void close() {
    kernels.close();
  }

  @Test
  void layers_ofMlp_coverTheWeightsInOrder() {
    NetworkLandscape landscape = net.landscape(kernels);

    assertThat(landscape.layers())
        .containsExactly(new WeightBlock("dense1", 0, 4, 3), new WeightBlock("dense2", 12, 3, 4));
    assertThat(landscape.dimension()).isEqualTo(24).isEqualTo(net.weights.length);
  }

  @Test
  void evaluate_trainingDataAsTestData_givesTheSameScores() {
    Examples data = net.examples(kernels);
    NetworkLandscape landscape = net.landscape(kernels, data);

    Scores scores = landscape.evaluate(net.weights(kernels));

    double loss = net.loss(net.weights, -1, net.weights).value();
    assertThat(scores.trainLoss()).isCloseTo(loss, within(1e-13 * loss));
    assertThat(scores.testLoss()).isCloseTo(loss, within(1e-13 * loss));
    assertThat(scores.testAccuracy()).isEqualTo(scores.trainAccuracy()).isBetween(0.0, 1.0);
  }

  @Test
  void evaluate_onPartOfTheTrainingData_usesTheStatisticsOfAllOfIt() {
    Examples all = net.examples(kernels);
    Examples first = new Examples(row(all.inputs(), 0), row(all.targets(), 0), true);
    Examples second = new Examples(row(all.inputs(), 1), row(all.targets(), 1), true);
    Examples both =
        new Examples(
            all.inputs().view(0, 2, TinyNet.VECTOR.features()),
            all.targets().view(0, 2, TinyNet.OUTPUTS),
            true);

    double loss = (testLoss(all, first) + testLoss(all, second)) / 2;

    assertThat(testLoss(all, both)).isCloseTo(loss, within(1e-14 * loss));
  }

  private static Tensor row(Tensor matrix, int row) {
    return matrix.view((long) row * matrix.columns(), 1, matrix.columns());
  }

  private double testLoss(Examples train, Examples test) {
    NetworkLandscape landscape = net.spec.landscape(kernels, net.input, train, test, TinyNet.SEED);
    return Objects.requireNonNull(landscape.evaluate(net.weights(kernels)).testLoss());
  }

  @Test
  void evaluate_withoutTestDataOrClasses_leavesThemUnmeasured() {
    Mlp mlp = Mlp.batchNormalized(List.of(4), Activation.TANH, Loss.MEAN_SQUARED_ERROR);
    double[] targets = net.direction(9);
    Examples regression =
        Examples.of(
            kernels,
            net.examples,
            TinyNet.VECTOR.features(),
            net.inputs,
            1,
            Arrays.copyOf(targets, net.examples));

    Scores scores =
        mlp.landscape(kernels, regression, null, 1)
            .evaluate(TinyNet.row(kernels, mlp.initialWeights(TinyNet.VECTOR.features(), 1)));

    assertThat(scores.trainLoss()).isPositive();
    assertThat(scores.trainAccuracy()).isNull();
    assertThat(scores.testLoss()).isNull();
    assertThat(scores.testAccuracy()).isNull();
  }

  @Test
  void hessianVectorProduct_afterEvaluateElsewhere_isThatOfTheLinearization() {
    NetworkLandscape landscape = net.landscape(kernels);
    Tensor v = TinyNet.row(kernels, net.direction(1));
    Tensor before = kernels.allocate(1, landscape.dimension());
    Tensor after = kernels.allocate(1, landscape.dimension());
    Linearization linearization = landscape.linearize(net.weights(kernels));
    linearization.hessianVectorProduct(v, before);

    landscape.evaluate(TinyNet.row(kernels, net.direction(2)));
    linearization.hessianVectorProduct(v, after);

    assertThat(after.get()).containsExactly(before.get());
  }

  @Test
  void linearization_weightsChangedAfterwards_staysWhereItWas() {
    NetworkLandscape landscape = net.landscape(kernels);
    Tensor w = net.weights(kernels);
    Tensor v = TinyNet.row(kernels, net.direction(1));
    Tensor before = kernels.allocate(1, landscape.dimension());
    Tensor after = kernels.allocate(1, landscape.dimension());
    Linearization linearization = landscape.linearize(w);
    linearization.hessianVectorProduct(v, before);

    w.set(net.direction(3));
    linearization.hessianVectorProduct(v, after);

    assertThat(after.get()).containsExactly(before.get());
  }

  @Test
  void linearization_afterTheNextOne_isRefused() {
    NetworkLandscape landscape = net.landscape(kernels);
    Linearization first = landscape.linearize(net.weights(kernels));
    landscape.linearize(net.weights(kernels));
    Tensor v = net.weights(kernels);

    assertThatIllegalStateException().isThrownBy(first::gradient);
    assertThatIllegalStateException().isThrownBy(() -> first.hessianVectorProduct(v, v));
  }

  @Test
  void linearize_constantUnit_namesLayerAndUnit() {
    NetworkLandscape landscape = net.landscape(kernels);
    Tensor w = net.weights(kernels);
    kernels.scale(0, landscape.layers().get(1).in(w).view(4, 1, 4));

    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> landscape.linearize(w).loss())
        .withMessageContaining("layer dense2, unit 1")
        .withMessageContaining("all 7 examples");
  }

  @Test
  void linearize_constantInputsOnly_isRefusedDespiteRounding() {
    Arrays.fill(net.inputs, 0.1);

    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> net.landscape(kernels).linearize(net.weights(kernels)).loss())
        .withMessageContaining("layer dense1, unit 0");
  }

  @Test
  void linearize_divergedWeights_hasLossNaN() {
    net.weights[0] = Double.NaN;

    assertThat(net.landscape(kernels).linearize(net.weights(kernels)).loss()).isNaN();
  }

  @Test
  void gradient_twoExamples_isZeroBecauseTheyNormalizeToOneAndMinusOne() {
    TinyNet two = new TinyNet(net.spec, net.input, 2);
    Linearization linearization = two.landscape(kernels).linearize(two.weights(kernels));
    Tensor product = kernels.allocate(1, two.weights.length);
    linearization.hessianVectorProduct(TinyNet.row(kernels, two.direction(1)), product);

    // x̂ = ±1 whatever the weights; what is left is rounding of terms of size one
    assertThat(kernels.norm(linearization.gradient())).isLessThan(1e-13);
    assertThat(kernels.norm(product)).isLessThan(1e-12);
  }

  @Test
  void landscape_testDataOfOtherWidth_isRefused() {
    Examples train = net.examples(kernels);
    Examples test = Examples.of(kernels, 1, 2, new double[2], 3, new double[] {1, 0, 0});

    assertThatIllegalArgumentException()
        .isThrownBy(() -> net.spec.landscape(kernels, net.input, train, test, 1))
        .withMessageContaining("2→3");
  }

  @Test
  void mlp_withoutHiddenLayers_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mlp.batchNormalized(List.of(), Activation.TANH, Loss.MEAN_SQUARED_ERROR));
  }

  @Test
  void describe_mlp_listsWidthsAndActivation() {
    assertThat(net.spec.describe(TinyNet.VECTOR, 3)).isEqualTo("3-4-3-3 tanh");
  }
}
