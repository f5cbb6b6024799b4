package brink.monitor.geometry;

import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;
import brink.v1.RunStarted;
import brink.v1.UpdateRule;

/**
 * How a run's weights move, as far as it changes what its steps mean.
 *
 * @param momentum β of heavy ball, in [0, 1); 0 for plain gradient descent
 * @param onSphere whether ‖w‖ is held at 1
 */
public record Motion(double momentum, boolean onSphere) {
  /** Gradient descent with weight decay. */
  public static final Motion PLAIN = new Motion(0, false);

  /** As the producer says. */
  public static Motion of(RunStarted started) {
    boolean sphere = started.getUpdateRule() == UpdateRule.UPDATE_RULE_SPHERE;
    return new Motion(started.getMomentum(), sphere);
  }

  /** Whether the norm ledger is an identity of this motion. */
  public boolean keepsLedger() {
    return momentum == 0 && !onSphere;
  }

  /**
   * Factor of η in the step along an eigenvector that alternates with period two: 1/(1 + β)
   * (docs/theory.md, momentum).
   */
  public double alternatingFactor() {
    return 1 / (1 + momentum);
  }

  /** Factor of η in the drift along directions of no curvature: 1/(1 − β). */
  public double driftFactor() {
    return 1 / (1 - momentum);
  }

  /**
   * Factor by which ‖w‖ changes per step where the gradient vanishes: the larger root of ρ² = (1 +
   * β − η_in)ρ − β, which is 1 − η_in without momentum (docs/theory.md, momentum).
   */
  public double normFactor(double intrinsicLearningRate) {
    double sum = 1 + momentum - intrinsicLearningRate;
    return onSphere ? 1 : (sum + Math.sqrt(sum * sum - 4 * momentum)) / 2;
  }

  /** Appends its bytes. */
  public void write(StateWriter out) {
    out.put(momentum).putPresence(onSphere);
  }

  /** Reads its bytes. */
  public static Motion read(StateReader in) {
    return new Motion(in.getDouble(), in.isPresent());
  }
}
