package brink.monitor.flow;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

final class RestWatchTest {
  /** Bins in a unit of flow time: a power of two, so that their times are exact. */
  private static final int PER_UNIT = 128;

  /** Tenths close with the first bin after them, so that of ten there are this many bins. */
  private static final int BINS = PER_UNIT + 1;

  private static RestWatch watched(int bins, DoubleUnaryOperator logSharpness) {
    RestWatch watch = RestWatch.EMPTY;
    for (int i = 0; i < bins; i++) {
      double time = (double) i / PER_UNIT;
      watch = watch.with(time, logSharpness.applyAsDouble(time));
    }
    return watch;
  }

  @Test
  void rest_beforeAUnitOfFlowTime_isNotKnown() {
    assertThat(watched(BINS - 1, time -> 3).rest()).isNull();
    assertThat(watched(BINS, time -> 3).rest()).isNotNull();
  }

  @Test
  void rest_constant_isAtRest() {
    Rest rest = requireNonNull(watched(BINS, time -> 3).rest());
    assertThat(rest.rate()).isCloseTo(0, within(1e-12));
    assertThat(rest.range()).isZero();
    assertThat(rest.flowTime()).isEqualTo(1);
    assertThat(rest.within(1e-9)).isTrue();
  }

  /** Means of tenths of a line: nine tenths of its rise apart, but for the bins' own width. */
  @Test
  void rest_line_hasItsRate() {
    Rest rest = requireNonNull(watched(10 * PER_UNIT, time -> 3 - 0.5 * time).rest());
    assertThat(rest.rate()).isCloseTo(-0.5, within(0.01));
    assertThat(rest.range()).isCloseTo(0.45, within(0.01));
    assertThat(rest.rateError()).isLessThan(0.01);
  }

  /** A rise that bends: the deviations of ten means from their line, over eight degrees. */
  @Test
  void rest_means_areFittedByALine() {
    float[] means = {0, 1, 0, 1, 0, 1, 0, 1, 0, 1};
    Rest rest = requireNonNull(new RestWatch(1, 0, 1, means).rest());
    // Σt² = 0.825 and Σt·y = 0.25, so that the rate is 10/33; Σr² = 2.5 − 0.25²/0.825.
    assertThat(rest.rate()).isCloseTo(0.25 / 0.825, within(1e-12));
    double squares = 2.5 - 0.25 * 0.25 / 0.825;
    assertThat(rest.rateError()).isCloseTo(Math.sqrt(squares / 8 / 0.825), within(1e-12));
    assertThat(rest.range()).isEqualTo(1);
  }

  @Test
  void rest_longRun_looksAtItsLastUnitAlone() {
    RestWatch watch = watched(4 * PER_UNIT, time -> time < 2.5 ? 100 * time : 7);
    assertThat(requireNonNull(watch.rest()).range()).isZero();
  }

  @Test
  void with_gap_beginsAnew() {
    RestWatch watch = new RestWatch(1, 6, 2, new float[] {3, 3, 3});
    RestWatch same = watch.with(Math.nextDown(1.1), 3);
    assertThat(same.count()).isEqualTo(3);
    assertThat(same.sum()).isEqualTo(9);
    RestWatch next = watch.with(1.1, 5);
    assertThat(next.means()).containsExactly(3, 3, 3, 3);
    assertThat(next.start()).isEqualTo(1.1);
    assertThat(next.sum()).isEqualTo(5);
    RestWatch anew = watch.with(1.2, 5);
    assertThat(anew.means()).isEmpty();
    assertThat(anew.start()).isEqualTo(1.2);
    assertThat(anew.count()).isEqualTo(1);
  }

  @Test
  void read_written_isTheSame() {
    StateWriter out = new StateWriter(64);
    new RestWatch(1, 6, 2, new float[] {3, 4}).write(out);
    RestWatch read = RestWatch.read(new StateReader(out.bytes()));
    assertThat(read.start()).isEqualTo(1);
    assertThat(read.sum()).isEqualTo(6);
    assertThat(read.count()).isEqualTo(2);
    assertThat(read.means()).containsExactly(3, 4);
  }

  @Test
  void within_trendAndRange_bothCount() {
    assertThat(new Rest(-0.25, 0, 0.125, 0.5).within(Math.nextUp(0.125))).isTrue();
    assertThat(new Rest(-0.25, 0, 0.0625, 0.5).within(0.125)).isFalse();
    assertThat(new Rest(0, 0, 0.125, 0.5).within(0.125)).isFalse();
  }
}
