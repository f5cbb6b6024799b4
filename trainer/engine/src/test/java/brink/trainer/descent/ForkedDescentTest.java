package brink.trainer.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.state.SavedState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A descent that begins where another one of other settings was. */
class ForkedDescentTest {
  private static final Hyperparameters BEFORE = new Hyperparameters(0.5, 4e-4);
  private static final int FORK = 30;
  private static final int STEPS = 60;

  /** Of the eigensolver, for λ₁ that is measured from other vectors. */
  private static final double TOLERANCE = 1e-2;

  private final Kernels kernels = new CpuKernels(1);
  private final Problem problem = SyntheticProblem.of(kernels, 1);

  @AfterEach
  void close() {
    kernels.close();
  }

  private static DescentSettings settings(Hyperparameters hyperparameters) {
    return DescentSettings.of(hyperparameters, STEPS).withCurvature(CurvaturePoints.MIDPOINT, 1);
  }

  private GradientDescent descent(DescentSettings settings) {
    return new GradientDescent(problem.landscape(), problem.initialWeights(), settings, () -> 0);
  }

  private static List<StepRecord> steps(GradientDescent descent) {
    List<StepRecord> records = new ArrayList<>();
    var _ = descent.run(records::add, () -> false);
    return records;
  }

  private SavedState savedAfter(DescentSettings settings, int steps) {
    GradientDescent descent = descent(settings);
    List<StepRecord> records = new ArrayList<>();
    var _ = descent.run(records::add, () -> records.size() == steps);
    return descent.save().copied();
  }

  private GradientDescent fork(SavedState state, DescentSettings settings) {
    GradientDescent fork = descent(settings);
    fork.fork(state);
    return fork;
  }

  @Test
  void fork_withTheSameSettings_takesTheSameSteps() {
    DescentSettings same = settings(BEFORE);
    List<StepRecord> whole = steps(descent(same)).subList(FORK, STEPS);
    List<StepRecord> forked = steps(fork(savedAfter(same, FORK), same));

    assertThat(forked).hasSameSizeAs(whole);
    for (int i = 0; i < whole.size(); i++) {
      assertThat(forked.get(i).step()).isEqualTo(FORK + i);
      assertThat(forked.get(i).loss()).isEqualTo(whole.get(i).loss());
      assertThat(forked.get(i).weightNormSquared()).isEqualTo(whole.get(i).weightNormSquared());
      assertThat(forked.get(i).gradientCosine()).isEqualTo(whole.get(i).gradientCosine());
      double expected = whole.get(i).sharpness().getLast().largest();
      assertThat(forked.get(i).sharpness().getLast().largest())
          .isCloseTo(expected, within(TOLERANCE * expected));
    }
  }

  @Test
  void fork_withAnotherLearningRate_sharesTheFirstLossAndTakesAnotherStep() {
    SavedState state = savedAfter(settings(BEFORE), FORK);
    List<StepRecord> whole = steps(descent(settings(BEFORE)));
    List<StepRecord> forked = steps(fork(state, settings(new Hyperparameters(0.25, 4e-4))));

    assertThat(forked.getFirst().loss()).isEqualTo(whole.get(FORK).loss());
    assertThat(forked.getFirst().learningRate()).isEqualTo(0.25);
    assertThat(forked.get(1).loss()).isNotEqualTo(whole.get(FORK + 1).loss());
  }

  @Test
  void fork_intoAndOutOfMomentum_beginsWithoutOrForgetsTheVelocity() {
    DescentSettings plain = settings(BEFORE);
    DescentSettings heavy = plain.withRule(DescentRule.withMomentum(0.9));

    List<StepRecord> into = steps(fork(savedAfter(plain, FORK), heavy));
    List<StepRecord> expected = steps(fork(savedAfter(plain, FORK), plain));
    // v = 0 before the fork: its first update is that of plain descent, the second is not
    assertThat(into.get(1).loss())
        .isCloseTo(expected.get(1).loss(), within(1e-12 * expected.get(1).loss()));
    assertThat(into.get(2).loss()).isNotEqualTo(expected.get(2).loss());

    assertThat(steps(fork(savedAfter(heavy, FORK), plain))).hasSize(STEPS - FORK);
    List<StepRecord> kept = steps(fork(savedAfter(heavy, FORK), heavy));
    List<StepRecord> whole = steps(descent(heavy));
    assertThat(kept.getLast().loss()).isEqualTo(whole.getLast().loss());
  }
}
