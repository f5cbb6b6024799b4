package brink.monitor.run;

import static org.assertj.core.api.Assertions.assertThat;

import brink.v1.Regime;
import brink.v1.RegimeChanged;
import org.junit.jupiter.api.Test;

/**
 * Runs beyond the edge, made like two that were seen: a layer-normalized network whose s went up to
 * 17 and never had a verdict, and a ReLU network that was thrown off the edge 25 times in 1,500
 * steps.
 */
final class ChaosTest {
  private final Folded run = new Folded("float64");
  private long step;
  private double norm = 4;

  private void take(int count, double ratio, double share, double cosine) {
    for (int i = 0; i < count; i++) {
      run.step(Records.at(step++, ratio, share, cosine, norm).build());
    }
  }

  /** s between 2 and 6 without rhyme, gradients that alternate on the whole. */
  private void irregular(int count) {
    for (int i = 0; i < count; i++) {
      double ratio = 4 + 2 * Math.sin(1.7 * i) * Math.cos(0.3 * i * i);
      run.step(Records.at(step++, ratio, 0.5, -0.65 + 0.3 * Math.sin(2.9 * i), norm).build());
    }
  }

  /** Within three steps ‖w‖² is half as large again, and s falls to 0.7; then it is at the edge. */
  private void throwOff(int until) {
    for (int i = 0; i < 3; i++) {
      norm *= 1.15;
      take(1, 1.6, 5, -0.9);
    }
    take(2, 0.7, 0.5, -0.6);
    take(until - 5, 1.2, 0.5, -0.9);
  }

  private long chaotic() {
    return run.changes.stream().filter(c -> c.getTo() == Regime.REGIME_CHAOTIC).count();
  }

  @Test
  void fold_irregularFromTheStart_isChaoticOnce() {
    irregular(2_000);

    assertThat(run.regimes()).containsExactly(Regime.REGIME_STARTING, Regime.REGIME_CHAOTIC);
    RegimeChanged chaos = run.change(Regime.REGIME_CHAOTIC);
    assertThat(chaos.getDetectedAtStep()).isBetween(127L, 200L);
    assertThat(chaos.getEvidence().getSentence())
        .startsWith("beyond the edge and irregular: stability ratio above 1 in 100 %");
  }

  @Test
  void fold_sharpStartThatCollapses_isNotChaotic() {
    irregular(100);
    take(100, 0.3, 1e-6, 0.5);

    assertThat(run.regimes()).containsExactly(Regime.REGIME_STARTING, Regime.REGIME_STABLE);
  }

  @Test
  void fold_thrownAgainAndAgain_isChaoticOnce() {
    take(50, 0.5, 1e-6, 0.5);
    take(80, 1.2, 0.5, -0.98);
    for (int i = 0; i < 30; i++) {
      throwOff(60);
    }

    assertThat(chaotic()).isEqualTo(1);
    assertThat(run.state().regime()).isEqualTo(Regime.REGIME_CHAOTIC);
    assertThat(run.changes.stream().filter(c -> c.getTo() == Regime.REGIME_CATAPULT))
        .hasSizeBetween(2, 5);
    assertThat(run.change(Regime.REGIME_CHAOTIC).getEvidence().getSentence())
        .startsWith("beyond the edge and irregular: lately thrown off it once in ");
  }

  @Test
  void fold_thrownRarely_isNotChaotic() {
    take(50, 0.5, 1e-6, 0.5);
    take(80, 1.2, 0.5, -0.98);
    for (int i = 0; i < 10; i++) {
      throwOff(150);
    }

    assertThat(chaotic()).isZero();
  }

  @Test
  void fold_calmAfterChaos_isStable() {
    irregular(300);
    take(63, 0.3, 1e-6, 0.5);
    assertThat(run.state().regime()).isEqualTo(Regime.REGIME_CHAOTIC);
    take(2, 0.3, 1e-6, 0.5);
    assertThat(run.state().regime()).isEqualTo(Regime.REGIME_STABLE);
  }

  @Test
  void fold_edgeAfterChaos_isAnEdgeOnceItLasts() {
    irregular(300);
    take(300, 1.01, 0.5, -0.98);

    RegimeChanged last = run.changes.getLast();
    assertThat(last.getFrom()).isEqualTo(Regime.REGIME_CHAOTIC);
    assertThat(last.getTo()).isEqualTo(Regime.REGIME_EDGE);
  }
}
