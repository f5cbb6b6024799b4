package brink.bench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterleavedTest {
  private static final long SECOND = 1_000_000_000;
  // a few roundings of quotients of seconds
  private static final double ROUNDING = 1e-14;

  private final List<String> calls = new ArrayList<>();
  private long now;
  private int slowdown = 1;

  private void run(String name, long seconds) {
    calls.add(name);
    now += seconds * slowdown * SECOND;
  }

  private Interleaved<String> pair() {
    return new Interleaved<String>(() -> now)
        .with("a", () -> run("a", 3))
        .with("b", () -> run("b", 2));
  }

  @Test
  void measure_always_runsContendersInTurn() {
    pair().measure(1, 2, _ -> {});
    assertThat(calls).containsExactly("a", "b", "a", "b", "a", "b");
  }

  @Test
  void measure_always_countsOnlyRoundsAfterTheWarmUp() {
    Times<String> times = pair().measure(2, 3, round -> slowdown = round <= 2 ? 100 : 1);
    assertThat(times.of("a")).isEqualTo(SampleSpread.of(3, 3, 3));
  }

  @Test
  void ratio_whileTheMachineSlowsDown_isThatOfTheRounds() {
    Times<String> times = pair().measure(0, 5, round -> slowdown = round);
    SampleSpread ratio = times.ratio("a", "b");
    assertThat(ratio.low()).isCloseTo(1.5, within(ROUNDING));
    assertThat(ratio.high()).isCloseTo(1.5, within(ROUNDING));
    assertThat(times.of("a").high()).isGreaterThan(times.of("a").low());
  }

  @Test
  void ratio_ofAnUnknownContender_namesIt() {
    Times<String> times = pair().measure(0, 1, _ -> {});
    assertThatNullPointerException().isThrownBy(() -> times.of("c")).withMessageContaining("c");
  }
}
