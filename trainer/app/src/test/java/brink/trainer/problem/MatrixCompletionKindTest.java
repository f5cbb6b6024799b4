package brink.trainer.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.DescentSettings;
import brink.trainer.descent.GradientDescent;
import brink.trainer.descent.Hyperparameters;
import brink.trainer.descent.Problem;
import brink.trainer.descent.StepRecord;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.request.OptionException;
import brink.trainer.request.RunRequest;
import brink.trainer.request.RunRequestBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a demo of matrix-completion-bn trains, without Kafka. */
class MatrixCompletionKindTest {
  private static final int STEPS = 15_000;
  private static final int MEASURED = 250;

  @TempDir Path folder;

  private final Kernels kernels = new CpuKernels(1);
  private final MatrixCompletionKind kind = new MatrixCompletionKind();
  private final RunRequestBuilder options = RunRequest.builder();

  @AfterEach
  void close() {
    kernels.close();
  }

  private Problem build(String source) {
    return kind.build(kernels, new ProblemInput(options.build(), source, DataReader.ANEW));
  }

  private Problem csv(String... lines) throws IOException {
    Path file = Files.write(folder.resolve("entries.csv"), List.of(lines));
    return build("csv:" + file + "?task=regression");
  }

  @Test
  void defaults_seedOne_flowAlongTheEdgeToSmallerTestLoss() {
    List<StepRecord> measured = new ArrayList<>();
    List<StepRecord> evaluated = new ArrayList<>();
    descent()
        .run(
            step -> {
              if (!step.sharpness().isEmpty()) {
                measured.add(step);
              }
              if (step.scores() != null) {
                evaluated.add(step);
              }
            },
            () -> false);

    // The edge is due after 3 000 steps; before, GD has fitted all observed entries.
    assertThat(measured.subList(2, 2_500 / MEASURED)).allMatch(step -> stabilityRatio(step) < 1);
    assertThat(at(evaluated, 2_500).loss()).isLessThan(1e-6);
    // s − 1 at the midpoint is of order √η_in = 0.014 at most, once the oscillation has settled
    assertThat(measured.subList(6_000 / MEASURED, STEPS / MEASURED))
        .allMatch(step -> Math.abs(stabilityRatio(step) - 1) < 0.03);
    assertThat(sharpness(at(measured, 14_000))).isLessThan(0.5 * sharpness(at(measured, 3_000)));
    assertThat(testLoss(at(evaluated, 14_000))).isLessThan(0.5 * testLoss(at(evaluated, 2_500)));
  }

  private GradientDescent descent() {
    ProblemKind.Defaults defaults = kind.defaults();
    Problem problem = build(defaults.data());
    DescentSettings settings =
        DescentSettings.of(
                new Hyperparameters(defaults.learningRate(), defaults.weightDecay()), STEPS)
            .withCurvature(CurvaturePoints.MIDPOINT, MEASURED)
            .withEvaluateEvery(500);
    return new GradientDescent(
        problem.landscape(), problem.initialWeights(), settings, System::nanoTime);
  }

  private static StepRecord at(List<StepRecord> records, long step) {
    return records.stream().filter(record -> record.step() == step).findFirst().orElseThrow();
  }

  private static double sharpness(StepRecord step) {
    return step.sharpness().getFirst().largest();
  }

  private static double testLoss(StepRecord step) {
    return Objects.requireNonNull(Objects.requireNonNull(step.scores()).testLoss());
  }

  /** s = η̃·λ₁/2. */
  private static double stabilityRatio(StepRecord step) {
    double intrinsic = step.learningRate() * step.weightDecay();
    double effective = step.learningRate() / ((1 - intrinsic) * step.weightNormSquared());
    return effective * sharpness(step) / 2;
  }

  @Test
  void build_ratingsFromCsv_takesRowColumnAndEntry() throws IOException {
    options.rank(3);
    Problem problem = csv("user,item,rating", "0,0,1", "3,1,2", "1,6,3", "2,2,5", "0,1,4");

    // Row 3 and column 6 are the largest, wherever the fifth that is held out went.
    assertThat(problem.landscape().dimension()).isEqualTo((4 + 7) * 3);
    assertThat(problem.scaleInvariantDimension()).isEqualTo(33);
    assertThat(problem.scaleInvarianceError()).isCloseTo(0, within(1e-14));
    assertThat(problem.network()).startsWith("U·Vᵀ of a 4×3 and a 7×3 matrix");
  }

  @Test
  void build_dataThatAreNoEntries_sayWhatIsExpected() {
    assertThatThrownBy(() -> csv("1,2,3,4", "2,3,4,5", "3,4,5,6"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("two features, the row and the column of each entry, found 3");
    assertThatThrownBy(() -> csv("0,1.5,3", "0,1.5,4", "0,1.5,6"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("row or column 1.5, expected a whole number");
    assertThatThrownBy(() -> csv("0,1,3", "0,2,3", "1,1,3"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("all observed entries are equal");
    assertThatThrownBy(() -> build("synthetic:teacher"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("needs numbers as entries");
    options.rank(0);
    assertThatThrownBy(() -> build(kind.defaults().data()))
        .isInstanceOf(OptionException.class)
        .hasMessage("--rank must be 1 or more, found 0");
  }
}
