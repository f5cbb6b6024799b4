package brink.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.descent.DescentSettings;
import brink.trainer.descent.Hyperparameters;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import me.tongfei.progressbar.ProgressBar;
import org.junit.jupiter.api.Test;

/** Progress of runs that begin and of runs that go on. */
class ProgressDisplayTest {
  private static final DescentSettings DESCENT =
      DescentSettings.of(new Hyperparameters(0.1, 1e-3), 1000);

  private static ProgressBar after(long done, boolean resumed) {
    try (ProgressDisplay display = new ProgressDisplay("run", DESCENT, resumed, false)) {
      return display.advance(done);
    }
  }

  @Test
  void bar_ofANewRun_countsFromItsStart() {
    assertThat(after(1, false).getStart()).isZero();
  }

  @Test
  void bar_ofARunThatGoesOn_countsFromItsFirstStep() {
    ProgressBar bar = after(901, true);
    assertThat(bar.getStart()).isEqualTo(901);
    assertThat(bar.getNormalizedProgress()).isEqualTo(0.901);
  }

  @Test
  void note_always_goesToStandardErrorWithThePrefix() {
    PrintStream before = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try (ProgressDisplay display = new ProgressDisplay("run", DESCENT, true, false)) {
      display.note("of interest");
    } finally {
      System.setErr(before);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualToIgnoringNewLines("brink: of interest");
  }
}
