package brink.trainer.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.DescentSettings;
import brink.trainer.descent.GradientDescent;
import brink.trainer.descent.Hyperparameters;
import brink.trainer.descent.Problem;
import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.kernels.cuda.Arithmetic;
import brink.trainer.kernels.cuda.CudaKernels;
import brink.trainer.kernels.cuda.Emulation;
import brink.trainer.landscape.Scores;
import brink.trainer.request.NormalizationName;
import brink.trainer.request.OptionException;
import brink.trainer.request.RunRequest;
import brink.trainer.request.RunRequestBuilder;
import brink.trainer.request.Spilling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Networks as problems of the command line. */
class NetworkKindTest {
  private static final String DIGITS = "synthetic:digits?n=24&test=8&size=8&classes=3";
  private static final String VECTORS = "synthetic:teacher?n=40&d=6&classes=3&test=10";
  private static final Path EXAMPLE = Path.of("..", "..", "docs", "networks", "residual.yaml");

  @TempDir Path folder;

  private final Kernels kernels = new CpuKernels(2);
  private final RunRequestBuilder options = RunRequest.builder();

  @AfterEach
  void close() {
    kernels.close();
  }

  private Problem build(ProblemKind kind, String data) {
    return kind.build(kernels, input(data));
  }

  private ProblemInput input(String source) {
    return new ProblemInput(options.build(), source, DataReader.ANEW);
  }

  private void assertRefused(ProblemKind kind, String data, String message) {
    assertThatThrownBy(() -> build(kind, data))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining(message);
  }

  @Test
  void mlpLn_onVectors_isScaleInvariant() {
    Problem problem = build(NetworkKind.mlpLn(), VECTORS);

    assertThat(problem.network()).isEqualTo("6-16-16-3 tanh, layer normalization");
    assertThat(problem.scaleInvariantDimension()).isEqualTo(6 * 16 + 16 * 16);
    assertThat(problem.scaleInvarianceError()).isLessThan(1e-12);
    assertThat(InvarianceNotes.of(problem)).isEmpty();
  }

  @Test
  void vgg11_onDigits_isAnEighthOfThePapersWidthAndScaleInvariant() {
    Problem problem = build(NetworkKind.vgg11Bn(), DIGITS);

    assertThat(problem.network()).startsWith("8×8×1-conv8-max2-conv16-").endsWith("conv64-3 relu");
    assertThat(problem.scaleInvariantDimension()).isEqualTo(problem.landscape().dimension());
    assertThat(InvarianceNotes.of(problem)).isEmpty();
  }

  @Test
  void resnet20_withOptions_takesThem() {
    options.width(0.25);
    options.activation(Activation.TANH);
    options.normalization(NormalizationName.GROUP);
    options.groups(2);

    Problem problem = build(NetworkKind.resnet20Bn(), DIGITS);

    assertThat(problem.network())
        .startsWith("8×8×1-conv4-[conv4-conv4]-")
        .endsWith("-[conv16-conv16]-global average-3 tanh, normalization in 2 groups");
    assertThat(InvarianceNotes.of(problem)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void normalization_ofAnyKind_descendsAlongTheNormLedger(NormalizationName name) {
    options.normalization(name);
    Problem problem = build(NetworkKind.file(EXAMPLE), DIGITS);

    List<Double> losses = train(problem, 0);

    assertThat(problem.scaleInvariantDimension()).isEqualTo(problem.landscape().dimension());
    assertThat(losses.getLast()).isLessThan(losses.getFirst());
  }

  @Test
  void normalization_none_trainsAsAnAblationAndSaysSo() {
    options.normalization(NormalizationName.NONE);
    options.activation(Activation.SOFTPLUS);
    Problem problem = build(NetworkKind.mlpBn(), VECTORS);

    assertThat(problem.network()).isEqualTo("6-16-16-3 softplus, no normalization");
    assertThat(problem.scaleInvariantDimension()).isZero();
    assertThat(problem.scaleInvarianceError()).isGreaterThan(1e-3);
    assertThat(InvarianceNotes.of(problem))
        .singleElement()
        .asString()
        .contains("not scale-invariant (⟨w, ∇L⟩/", "dense1 (", "dense2", "352 of 352 weights");
    List<Double> losses = train(problem, 0);
    assertThat(losses.getLast()).isLessThan(losses.getFirst());
  }

  @Test
  void epsilon_aboveZero_isReportedAsScaleDependent() {
    options.epsilon(1e-5);

    Problem problem = build(NetworkKind.mlpBn(), VECTORS);

    assertThat(problem.network()).endsWith("batch normalization with epsilon 1.0E-5");
    assertThat(problem.scaleInvariantDimension()).isZero();
    assertThat(InvarianceNotes.of(problem))
        .singleElement()
        .asString()
        .startsWith("nearly scale-invariant (⟨w, ∇L⟩/(‖w‖‖∇L‖) = ")
        .contains(" at the start): dense1 (", "its verdicts allow for it")
        .doesNotContain("not scale-invariant");
  }

  @Test
  void file_exampleOfTheDocs_trainsAtTheMidpoint() {
    Problem problem = build(NetworkKind.file(EXAMPLE), DIGITS);

    List<Double> losses = train(problem, 1e-3);

    assertThat(problem.network())
        .isEqualTo("8×8×1-conv4-average2-[conv8/2-conv8]-global average-8-3 tanh");
    // 9·(1·4 + 4·8 + 8·8) + 8·8
    assertThat(problem.landscape().dimension()).isEqualTo(964);
    assertThat(losses.getLast()).isLessThan(0.9 * losses.getFirst());
  }

  /** Some steps with curvature. */
  private static List<Double> train(Problem problem, double weightDecay) {
    DescentSettings settings =
        DescentSettings.of(new Hyperparameters(0.05, weightDecay), 30)
            .withCurvature(CurvaturePoints.MIDPOINT, 10);
    List<Double> losses = new ArrayList<>();
    new GradientDescent(problem.landscape(), problem.initialWeights(), settings, System::nanoTime)
        .run(step -> losses.add(step.loss()), () -> false);
    return losses;
  }

  @Test
  void labelSmoothing_ofClasses_changesTheTrainingLossOnly() {
    Scores plain = scores();
    options.labelSmoothing(0.1);
    Scores smoothed = scores();

    assertThat(smoothed.testLoss()).isEqualTo(plain.testLoss());
    assertThat(smoothed.trainAccuracy()).isEqualTo(plain.trainAccuracy());
    assertThat(smoothed.trainLoss()).isNotCloseTo(plain.trainLoss(), within(1e-6));
  }

  private Scores scores() {
    Problem problem = build(NetworkKind.mlpBn(), VECTORS);
    Scores scores = problem.landscape().evaluate(problem.initialWeights());
    assertThat(Objects.requireNonNull(scores.trainLoss())).isPositive();
    return scores;
  }

  @Test
  void labelSmoothing_thatMakesNoSense_isRefused() {
    options.labelSmoothing(1.0);
    assertRefused(
        NetworkKind.mlpBn(),
        VECTORS,
        "--label-smoothing: label smoothing must be at least 0 and below 1, not 1.0");
    options.labelSmoothing(0.1);
    assertRefused(
        NetworkKind.mlpBn(),
        "synthetic:regression?n=10&d=3",
        "--label-smoothing: only classes can be smoothed, the targets are numbers");
  }

  @Test
  void images_fromVectors_areRefused() {
    String message = "its 6 features are not images, which this network needs; use cifar10:DIR";
    assertRefused(NetworkKind.vgg11Bn(), VECTORS, message);
    assertRefused(NetworkKind.resnet20Bn(), VECTORS, message);
    assertRefused(NetworkKind.file(EXAMPLE), VECTORS, message);
  }

  @Test
  void file_layerThatDoesNotFit_isRefusedWithItsLine() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("net.yaml"),
            """
            layers:
              - {type: convolution, filters: 4}
              - {type: max-pool, window: 9}
            """);
    assertRefused(
        NetworkKind.file(file),
        DIGITS,
        "net.yaml:3: layer max-pool2: a window of 9×9 does not fit into images of 8×8 (input of"
            + " 8×8×4)");
    assertRefused(
        NetworkKind.file(folder.resolve("none.yaml")),
        DIGITS,
        "--problem network: " + folder.resolve("none.yaml") + ": no such file");
    assertRefused(
        NetworkKind.file(folder),
        DIGITS,
        "--problem network: " + folder + " is a folder; give the YAML or JSON file of a network");
  }

  @Test
  void options_outOfRange_areRefused() {
    options.epsilon(-1.0);
    String negative = "--epsilon must be 0 or more, found -1.0";
    assertRefused(NetworkKind.mlpBn(), VECTORS, negative);
    assertRefused(NetworkKind.file(EXAMPLE), DIGITS, negative);
    options.epsilon(null);
    options.groups(0);
    assertRefused(NetworkKind.mlpBn(), VECTORS, "--groups must be 1 or more, found 0");
    options.groups(null);
    options.width(-1.0);
    assertRefused(
        NetworkKind.vgg11Bn(), DIGITS, "--width: width must be above 0 and at most 10.0, not -1.0");
    options.width(null);
    options.normalization(NormalizationName.GROUP);
    options.groups(5);
    assertRefused(
        NetworkKind.mlpBn(),
        VECTORS,
        "--problem mlp-bn, --groups 5: layer dense1: 5 groups do not divide the channels of its"
            + " output of 16");
  }

  @Test
  void spill_on_trainsInTheMachinesMemory() {
    options.spill(Spilling.ON);
    try (Kernels gpu = CudaKernels.open(Emulation.libraries(), 0, Arithmetic.FLOAT64)) {
      Problem problem = NetworkKind.mlpBn().build(gpu, input(VECTORS));

      List<Double> losses = train(problem, 0);

      assertThat(problem.landscape().kernels().device())
          .startsWith("cuda:0")
          .endsWith(", examples in the machine's memory");
      assertThat(losses.getLast()).isLessThan(losses.getFirst());
    }
  }

  @Test
  void memory_beyondTheMachines_isRefusedBeforeItIsTaken() {
    options.width(10.0);
    String remedy = "its weights take that whatever --train-size is: use a smaller network";
    assertRefused(NetworkKind.vgg11Bn(), DIGITS, remedy);
    options.width(null);
    options.hidden(List.of(1_000_000, 1_000_000));
    assertRefused(NetworkKind.mlpBn(), VECTORS, remedy);
  }
}
