package brink.monitor.regime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import brink.v1.Regime;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class RegimeTransitionsTest {
  @ParameterizedTest
  @CsvSource({
    "STARTING, STABLE",
    "STARTING, EDGE",
    "STABLE, EDGE",
    "EDGE, FLOWING",
    "FLOWING, SETTLED",
    "FLOWING, EDGE",
    "SETTLED, FLOWING",
    "SETTLED, EDGE",
    "EDGE, STABLE",
    "EDGE, CATAPULT",
    "FLOWING, CATAPULT",
    "SETTLED, CATAPULT",
    "CATAPULT, STABLE",
    "STABLE, DIVERGED",
    "DIVERGED, STARTING",
    "EDGE, STALLED",
    "STALLED, EDGE",
    "STALLED, ENDED",
    "DIVERGED, ENDED",
    "ENDED, STARTING",
    "ENDED, FLOWING"
  })
  void move_legal_gives(String from, String to) {
    assertThat(RegimeTransitions.move("run", regime(from), regime(to))).isEqualTo(regime(to));
  }

  @ParameterizedTest
  @CsvSource({
    "STABLE, FLOWING",
    "STABLE, CATAPULT",
    "STARTING, SETTLED",
    "CATAPULT, FLOWING",
    "DIVERGED, EDGE",
    "ENDED, STALLED",
    "EDGE, EDGE",
    "UNSPECIFIED, STARTING"
  })
  void move_illegal_throws(String from, String to) {
    assertThatIllegalStateException()
        .isThrownBy(() -> RegimeTransitions.move("run-7", regime(from), regime(to)))
        .withMessageContaining("run-7");
  }

  /** The whole table; DIVERGED, ENDED and STALLED follow on every live regime but themselves. */
  @ParameterizedTest
  @CsvSource({
    "STARTING, STABLE EDGE CHAOTIC",
    "STABLE, EDGE STARTING",
    "EDGE, STABLE FLOWING SETTLED CATAPULT CHAOTIC STARTING",
    "FLOWING, STABLE EDGE SETTLED CATAPULT CHAOTIC STARTING",
    "SETTLED, STABLE EDGE FLOWING CATAPULT CHAOTIC STARTING",
    "CATAPULT, STABLE EDGE CHAOTIC STARTING",
    "CHAOTIC, STABLE EDGE STARTING",
    "DIVERGED, STARTING",
    "STALLED, STARTING STABLE EDGE FLOWING SETTLED CATAPULT CHAOTIC",
    "ENDED, STARTING STABLE EDGE FLOWING SETTLED CATAPULT CHAOTIC DIVERGED",
    "UNSPECIFIED, ''"
  })
  void isLegal_everyPair_isAsTheTableSays(String from, String to) {
    boolean live = !from.equals("ENDED") && !from.equals("UNSPECIFIED");
    List<String> next = List.of((live ? to + " DIVERGED ENDED STALLED" : to).split(" ", -1));
    for (Regime regime : Regime.values()) {
      String name = regime.name().replace("REGIME_", "");
      assertThat(regime != Regime.UNRECOGNIZED && RegimeTransitions.isLegal(regime(from), regime))
          .as(from + " to " + name)
          .isEqualTo(next.contains(name) && !name.equals(from));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Regime.class,
      names = {"REGIME_UNSPECIFIED", "REGIME_ENDED", "UNRECOGNIZED"},
      mode = EnumSource.Mode.EXCLUDE)
  void table_everyLiveRegime_mayEnd(Regime from) {
    assertThat(RegimeTransitions.isLegal(from, Regime.REGIME_ENDED)).isTrue();
    assertThat(RegimeTransitions.isLegal(from, from)).isFalse();
  }

  private static Regime regime(String name) {
    return Regime.valueOf("REGIME_" + name);
  }
}
