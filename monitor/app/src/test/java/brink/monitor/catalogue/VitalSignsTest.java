package brink.monitor.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.v1.Sharpness;
import brink.v1.StepObserved;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class VitalSignsTest {
  private final VitalSigns signs = new VitalSigns();

  @Test
  void of_adjacentSteps_isTheMeanOfThePair() {
    take(4, 0.9);
    take(5, 1.1);

    Vitals vitals = Objects.requireNonNull(signs.of("a"));
    assertThat(vitals.stabilityRatio()).isCloseTo(1, within(1e-12));
    assertThat(vitals.sharpness()).isEqualTo(5);
    assertThat(vitals.from()).isEqualTo(4);
    assertThat(vitals.to()).isEqualTo(5);
  }

  @Test
  void of_stepsApart_isTheNewestAlone() {
    take(4, 0.9);
    take(8, 1.1);

    assertThat(Objects.requireNonNull(signs.of("a")).stabilityRatio()).isEqualTo(1.1);
  }

  @Test
  void sparkline_ofAnyNumberOfSteps_hasFewNumbersFromTheFirstToTheLast() {
    for (int step = 0; step < 10_000; step++) {
      take(step, step);
    }

    Vitals vitals = Objects.requireNonNull(signs.of("a"));
    assertThat(vitals.sparkline()).hasSizeBetween(Sparkline.MOST / 2, Sparkline.MOST).isSorted();
    assertThat(vitals.sparkline().getLast()).isGreaterThan(9_000);
  }

  @Test
  void of_runWithoutSharpness_isNull() {
    signs.take(StepObserved.newBuilder().setRunId("a").build(), null);

    assertThat(signs.of("a")).isNull();
  }

  private void take(int step, double ratio) {
    signs.take(
        StepObserved.newBuilder()
            .setRunId("a")
            .setStep(step)
            .addSharpness(Sharpness.newBuilder().addEigenvalues(5))
            .build(),
        ratio);
  }
}
