package brink.monitor.run;

import static org.assertj.core.api.Assertions.assertThat;

import brink.v1.Regime;
import brink.v1.RegimeChanged;
import org.junit.jupiter.api.Test;

/**
 * An edge, a catapult of the measured size (s to 5.7, ‖w‖ tenfold, loss thirtyfold within ten
 * steps), and the edge again.
 */
final class CatapultTest {
  private final Folded run = new Folded("float64");
  private long step;

  private void take(int count, double ratio, double share, double cosine, double normSquared) {
    for (int i = 0; i < count; i++) {
      run.step(Records.at(step++, ratio, share, cosine, normSquared).build());
    }
  }

  private void walkToEdge() {
    take(50, 0.5, 1e-6, 0.5, 4);
    take(50, 1.01, 0.5, -0.98, 4);
  }

  private void throwOff() {
    double norm = 4;
    for (int i = 0; i < 10; i++) {
      norm *= Math.pow(100, 0.1);
      run.step(
          Records.at(step++, 1 + 0.47 * (i + 1), 500, -0.99, norm).setLoss(0.1 + 0.3 * i).build());
    }
    take(200, 0.1, 0.3, 0.4, 400);
  }

  @Test
  void fold_catapult_goesBackToStable() {
    walkToEdge();
    long thrown = step;
    throwOff();
    assertThat(run.regimes())
        .containsExactly(
            Regime.REGIME_STARTING,
            Regime.REGIME_STABLE,
            Regime.REGIME_EDGE,
            Regime.REGIME_CATAPULT,
            Regime.REGIME_STABLE);
    RegimeChanged catapult = run.change(Regime.REGIME_CATAPULT);
    assertThat(catapult.getOnsetStep()).isBetween(thrown, thrown + 2);
    assertThat(catapult.getDetectedAtStep()).isLessThan(thrown + 10);
  }

  @Test
  void fold_edgeAfterCatapult_isSecondEpisode() {
    walkToEdge();
    throwOff();
    take(50, 1.01, 0.5, -0.98, 350);
    RegimeChanged last = run.changes.getLast();
    assertThat(last.getTo()).isEqualTo(Regime.REGIME_EDGE);
    assertThat(last.getEpisode()).isEqualTo(2);
  }

  @Test
  void fold_ratioNearOneWithNoise_doesNotFlap() {
    walkToEdge();
    for (int i = 0; i < 500; i++) {
      double wander = 1.12 + 0.17 * Math.sin(0.37 * i);
      run.step(Records.at(step++, wander, 0.5, -0.97 + 0.02 * Math.sin(i), 4).build());
    }
    assertThat(run.state().regime()).isEqualTo(Regime.REGIME_EDGE);
    assertThat(run.changes).hasSize(2);
  }

  @Test
  void fold_resumedAtEdge_isEdgeAfterHundredSteps() {
    take(120, 1.0, 0.5, -0.98, 4);
    assertThat(run.regimes()).containsExactly(Regime.REGIME_STARTING, Regime.REGIME_EDGE);
  }

  @Test
  void fold_lossExplosionThatStays_diverges() {
    take(20, 0.5, 1e-6, 0.5, 4);
    for (int i = 0; i < 150; i++) {
      run.step(Records.at(step++, 0.5, 0.5, 0.5, 4).setLoss(1e6).build());
    }
    assertThat(run.state().regime()).isEqualTo(Regime.REGIME_DIVERGED);
  }
}
