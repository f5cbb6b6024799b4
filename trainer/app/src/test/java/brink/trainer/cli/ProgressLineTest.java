package brink.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.cli.ProgressLine.Moment;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressLineTest {
  private static final ProgressLine LINE = new ProgressLine("bn-linear-20261201-001500-3679ef4f");
  private static final Moment NOW =
      new Moment(0, 1_537, 20_000, Duration.ofSeconds(30), "loss 0.01234  s 1.003");

  @Test
  void line_at80Columns_hasLossAndRatioBeforeTheNameOfTheRun() {
    assertThat(LINE.of(NOW, 80))
        .isEqualTo(
            "  7 %  [=>                     ]  1,537/20,000  loss 0.01234  s 1.003  6:00 left")
        .hasSize(80);
  }

  @Test
  void line_withRoom_endsWithTheNameOfTheRun() {
    assertThat(LINE.of(NOW, 150))
        .endsWith("s 1.003  6:00 left  bn-linear-20261201-001500-3679ef4f");
  }

  @ParameterizedTest
  @ValueSource(ints = {42, 60, 80, 100, 120, 200})
  void line_atAnyWidth_fitsAndHasLossAndRatio(int width) {
    String line = LINE.of(NOW, width);

    assertThat(line.length()).isLessThanOrEqualTo(width);
    assertThat(line).contains("1,537/20,000", "loss 0.01234  s 1.003");
  }

  @Test
  void line_ofARunThatGoesOn_reckonsByItsOwnSteps() {
    Moment resumed = new Moment(10_000, 10_100, 20_000, Duration.ofSeconds(100), "");

    assertThat(LINE.of(resumed, 60)).contains(" 50 %", "2:45:00 left");
  }

  @Test
  void line_atTheEndsOfARun_isWhole() {
    Moment begin = new Moment(0, 0, 100, Duration.ZERO, "");
    Moment end = new Moment(0, 100, 100, Duration.ofSeconds(1), "");

    assertThat(LINE.of(begin, 40)).startsWith("  0 %  [>").endsWith("0/100");
    assertThat(LINE.of(end, 40)).startsWith("100 %  [==").doesNotContain(">", "left");
  }
}
