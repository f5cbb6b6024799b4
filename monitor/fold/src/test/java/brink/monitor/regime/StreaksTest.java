package brink.monitor.regime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StreaksTest {
  @Test
  void next_conditionThatHolds_countsOneMore() {
    assertThat(Streaks.next(0, true)).isEqualTo(1);
    assertThat(Streaks.next(41, true)).isEqualTo(42);
  }

  @Test
  void next_conditionThatBreaks_beginsAnew() {
    assertThat(Streaks.next(41, false)).isZero();
  }

  @Test
  void next_runWithoutEnd_staysAtAMillion() {
    int most = 1 << 20;
    assertThat(Streaks.next(most - 1, true)).isEqualTo(most);
    assertThat(Streaks.next(most, true)).isEqualTo(most);
  }
}
