package brink.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;

import brink.v1.Sharpness;
import brink.v1.SharpnessPoint;
import brink.v1.StepObserved;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ViewTest {
  private static final List<StepObserved> STEPS =
      LongStream.range(0, 2_000).mapToObj(ViewTest::step).toList();

  private static StepObserved step(long number) {
    return StepObserved.newBuilder()
        .setStep(number)
        .setDirectionalCurvature(1)
        .addSharpness(sharpness(SharpnessPoint.SHARPNESS_POINT_ITERATE))
        .addSharpness(sharpness(SharpnessPoint.SHARPNESS_POINT_MIDPOINT))
        .build();
  }

  private static Sharpness sharpness(SharpnessPoint point) {
    return Sharpness.newBuilder().setPoint(point).addEigenvalues(2).build();
  }

  private static List<StepObserved> seen(View view) {
    return view.of(STEPS, 1);
  }

  @Test
  void full_isWhatWasPublished() {
    assertThat(seen(View.FULL)).isEqualTo(STEPS);
  }

  @Test
  void noSharpness_leavesTheRest() {
    assertThat(seen(View.NO_SHARPNESS))
        .allMatch(step -> step.getSharpnessCount() == 0 && step.hasDirectionalCurvature());
    assertThat(seen(View.NORMS_AND_COSINE)).noneMatch(StepObserved::hasDirectionalCurvature);
  }

  @Test
  void tenthPair_hasBothPhases() {
    assertThat(seen(View.TENTH_PAIR))
        .allMatch(step -> (step.getSharpnessCount() > 0) == (step.getStep() % 10 < 2));
  }

  @Test
  void noise_hasTheStatedSize() {
    double[] logs =
        seen(View.NOISE_20).stream()
            .mapToDouble(step -> Math.log(step.getSharpness(0).getEigenvalues(0) / 2))
            .toArray();
    double variance = IntStream.range(0, logs.length).mapToDouble(i -> logs[i] * logs[i]).sum();
    // 2,000 squares of normal variables: a standard error of 1/√1,000.
    assertThat(Math.sqrt(variance / logs.length)).isBetween(0.2 * 0.95, 0.2 * 1.05);
  }

  @Test
  void gaps_loseATwentieth() {
    assertThat(seen(View.GAPS).size()).isBetween(1_860, 1_940);
  }

  @Test
  void shuffled_hasEveryStepAtMostFourLateAndSomeTwice() {
    List<StepObserved> shuffled = seen(View.SHUFFLED);
    assertThat(shuffled).hasSizeGreaterThan(STEPS.size()).containsAll(STEPS);
    long highest = -1;
    boolean late = false;
    for (StepObserved step : shuffled) {
      late |= step.getStep() < highest;
      assertThat(highest - step.getStep()).isLessThanOrEqualTo(4);
      highest = Math.max(highest, step.getStep());
    }
    assertThat(late).isTrue();
  }
}
