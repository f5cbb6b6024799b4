package brink.monitor.report;

import static brink.monitor.report.Messages.step;
import static brink.v1.SharpnessPoint.SHARPNESS_POINT_ITERATE;
import static brink.v1.SharpnessPoint.SHARPNESS_POINT_MIDPOINT;
import static org.assertj.core.api.Assertions.assertThat;

import brink.v1.StepObserved;
import java.util.List;
import org.junit.jupiter.api.Test;

class EdgePairsTest {
  @Test
  void of_alternatingSharpness_isItsPairMean() {
    List<StepObserved> steps =
        List.of(
            step(0, SHARPNESS_POINT_ITERATE, 2.25),
            step(1, SHARPNESS_POINT_ITERATE, 1.75),
            step(2, SHARPNESS_POINT_ITERATE, 2.5),
            step(3, SHARPNESS_POINT_ITERATE, 2.5));
    // pair means 2 and 2.5, all exact in binary
    assertThat(EdgePairs.of(steps, SHARPNESS_POINT_ITERATE))
        .contains(new EdgePairs(SHARPNESS_POINT_ITERATE, 2, 2.25, 0.25));
    assertThat(EdgePairs.of(steps, SHARPNESS_POINT_MIDPOINT)).isEmpty();
  }

  @Test
  void of_pairsAmongStepsWithout_areFoundWhereverTheyBegin() {
    List<StepObserved> steps =
        List.of(
            step(0).build(),
            step(1, SHARPNESS_POINT_ITERATE, 2.25),
            step(2, SHARPNESS_POINT_ITERATE, 1.75),
            step(3).build());
    assertThat(EdgePairs.of(steps, SHARPNESS_POINT_ITERATE))
        .contains(new EdgePairs(SHARPNESS_POINT_ITERATE, 1, 2, 0));
  }

  @Test
  void of_everySecondStep_isAbsentBecauseItSeesOnePhase() {
    List<StepObserved> steps =
        List.of(step(0, SHARPNESS_POINT_ITERATE, 2.25), step(2, SHARPNESS_POINT_ITERATE, 2.25));
    assertThat(EdgePairs.of(steps, SHARPNESS_POINT_ITERATE)).isEmpty();
  }

  @Test
  void of_noStepsOrNoNorm_isAbsent() {
    assertThat(EdgePairs.of(List.of(), SHARPNESS_POINT_ITERATE)).isEmpty();
    List<StepObserved> incomplete =
        List.of(
            step(0, SHARPNESS_POINT_ITERATE, 2).toBuilder().clearWeightNormSquared().build(),
            step(1, SHARPNESS_POINT_ITERATE, 2));
    assertThat(EdgePairs.of(incomplete, SHARPNESS_POINT_ITERATE)).isEmpty();
  }
}
