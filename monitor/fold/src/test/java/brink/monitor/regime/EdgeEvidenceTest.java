package brink.monitor.regime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class EdgeEvidenceTest {
  private static final double AT_THE_EDGE = EdgeLikelihood.ofCosine(-0.98);

  private static EdgeEvidence after(EdgeEvidence evidence, long from, int steps, double each) {
    EdgeEvidence next = evidence;
    for (int i = 0; i < steps; i++) {
      next = next.with(from + i, each);
    }
    return next;
  }

  @Test
  void with_changeAtAStep_startsThere() {
    EdgeEvidence below = after(EdgeEvidence.NONE, 0, 100, -3);
    assertThat(below).isEqualTo(new EdgeEvidence(0, -1, 99, 0));
    EdgeEvidence above = after(below, 100, 10, AT_THE_EDGE);
    assertThat(above.start()).isEqualTo(100);
    assertThat(above.before()).isEqualTo(99);
    assertThat(above.sum()).isCloseTo(10 * AT_THE_EDGE, within(1e-12));
  }

  @Test
  void with_contraryStep_losesSomeAndKeepsItsStart() {
    EdgeEvidence evidence = after(EdgeEvidence.NONE, 0, 10, AT_THE_EDGE);
    EdgeEvidence doubted = evidence.with(10, EdgeLikelihood.ofCosine(1));
    assertThat(doubted.sum()).isLessThan(evidence.sum()).isPositive();
    assertThat(doubted.start()).isZero();
  }

  @Test
  void with_doubtThatIsSmall_keepsTheEarlierStartPossible() {
    EdgeEvidence evidence = after(EdgeEvidence.NONE, 0, 1, -3);
    evidence = after(evidence, 1, 2, AT_THE_EDGE);
    evidence = evidence.with(3, -2 * AT_THE_EDGE - 1);
    evidence = after(evidence, 4, 10, AT_THE_EDGE);
    assertThat(evidence.start()).isEqualTo(4);
    assertThat(evidence.before()).isZero();
    assertThat(evidence.deficit()).isCloseTo(1, within(1e-12));
  }

  @Test
  void without_rest_isNoEvidence() {
    EdgeEvidence evidence = after(EdgeEvidence.NONE, 0, 10, AT_THE_EDGE);
    assertThat(evidence.without(10)).isEqualTo(new EdgeEvidence(0, -1, 10, 0));
  }

  /** Lorden's bound: a height h is passed once in at least e^h steps without a change. */
  @Test
  void with_cosinesOneAsLikelyAsAnother_alarmsNoMoreOftenThanStated() {
    double height = 8;
    int steps = 3_000_000;
    Random random = new Random(1);
    EdgeEvidence evidence = EdgeEvidence.NONE;
    int alarms = 0;
    for (int step = 0; step < steps; step++) {
      evidence = evidence.with(step, EdgeLikelihood.ofCosine(2 * random.nextDouble() - 1));
      if (evidence.sum() >= height) {
        alarms++;
        evidence = EdgeEvidence.NONE;
      }
    }
    // Some alarms, or the sum would never rise; no more than the bound and its own scatter.
    double most = steps / Math.exp(height);
    assertThat((double) alarms).isBetween(1.0, most + 3 * Math.sqrt(most));
  }
}
