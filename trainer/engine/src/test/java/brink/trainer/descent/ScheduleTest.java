package brink.trainer.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
  private static final long STEPS = 1_000;
  // a few operations on numbers below 1
  private static final double ROUNDING = 1e-15;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "constant; 0; 0.5",
        "constant; 999; 0.5",
        "steps:100=0.1,200=x0.5; 99; 0.5",
        "steps:100=0.1,200=x0.5; 100; 0.1",
        "steps:100=0.1,200=x0.5; 199; 0.1",
        "steps:100=0.1,200=x0.5; 5000; 0.05",
        "linear:to=0.1; 0; 0.5",
        "linear:to=0.1; 500; 0.3",
        "linear:to=0.1; 1000; 0.1",
        "linear:to=0.1,over=200; 100; 0.3",
        "linear:to=0.1,over=200; 900; 0.1",
        "cosine:to=0.1; 0; 0.5",
        "cosine:to=0.1; 500; 0.3",
        "cosine:to=0.1; 1000; 0.1",
        "cosine:to=0.1,over=300; 100; 0.4",
        "warmup=10; 0; 0.05",
        "warmup=10; 8; 0.45",
        "warmup=10; 9; 0.5",
        "constant:warmup=10; 4; 0.25",
        "constant,warmup=10; 4; 0.25",
        "cosine:to=0.1,over=110,warmup=10; 9; 0.5",
        "cosine:to=0.1,over=110,warmup=10; 60; 0.3",
        "steps:5=x2,warmup=10; 5; 0.6"
      })
  void at_step_isTheFormula(String text, long step, double expected) {
    assertThat(Schedule.parse(text, STEPS).at(step, 0.5)).isCloseTo(expected, within(ROUNDING));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "constant",
        "steps:100=0.1,200=x0.5",
        "linear:to=0.1,over=1000",
        "cosine:to=0.1,over=300,warmup=7",
        "constant:warmup=7"
      })
  void toString_parsed_isTheSameSchedule(String text) {
    Schedule schedule = Schedule.parse(text, STEPS);
    assertThat(schedule).hasToString(text);
    assertThat(Schedule.parse(schedule.toString(), 5)).isEqualTo(schedule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "cosin:to=0.1; there is no schedule 'cosin'",
        "cosine; to=VALUE is missing",
        "cosine:to; 'to' is not NAME=VALUE",
        "cosine:to=fast; to needs a number that is not negative, not 'fast'",
        "cosine:to=-1; to needs a number that is not negative, not '-1'",
        "cosine:to=0.1,from=3; it takes no from",
        "cosine:to=0.1,over=0; over needs a number of steps, not '0'",
        "cosine:to=0.1,to=0.2; to is there twice",
        "linear:to=0.1,over=10,warmup=10; it ends at step 10, within the warm-up of 10",
        "steps; steps needs at least one STEP=VALUE",
        "steps:200=0.1,100=0.2; step 100 does not come after step 200",
        "steps:soon=0.1; soon needs a number of steps, not 'soon'",
        "steps:100=xx; 100 needs a number that is not negative, not 'x'",
        "constant:to=1; it takes no to"
      })
  void parse_wrong_saysWhat(String text, String message) {
    assertThatThrownBy(() -> Schedule.parse(text, STEPS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("schedule '" + text + "': " + message)
        .hasMessageContaining("cosine:to=0.01")
        .hasMessageNotContaining("\n");
  }

  @Test
  void settings_rateNotPositiveAtSomeStep_namesTheStep() {
    DescentSettings settings = DescentSettings.of(new Hyperparameters(0.5, 0.1), STEPS);
    Schedule toZero = Schedule.parse("linear:to=0,over=900", STEPS);
    assertThatThrownBy(
            () -> settings.withSchedule(new HyperparameterSchedule(toZero, Schedule.CONSTANT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("at step 900: need learning rate > 0");
  }

  @Test
  void settings_zeroAfterTheLastStep_isFine() {
    DescentSettings settings = DescentSettings.of(new Hyperparameters(0.5, 0.1), STEPS);
    Schedule toZero = Schedule.parse("cosine:to=0", STEPS);
    assertThat(
            settings
                .withSchedule(new HyperparameterSchedule(toZero, Schedule.CONSTANT))
                .hyperparametersAt(STEPS - 1)
                .learningRate())
        .isPositive();
  }
}
