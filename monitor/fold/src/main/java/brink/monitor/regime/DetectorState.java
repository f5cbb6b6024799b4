package brink.monitor.regime;

import brink.monitor.geometry.GradientNoise;
import brink.monitor.geometry.RadialDecay;
import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;
import brink.v1.Regime;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the detector remembers of a run.
 *
 * @param regime present regime
 * @param episode number of the edge episode, from 1; 0 before the first
 * @param firstLoss first loss observed; 0 before any
 * @param signals evidence
 * @param evidence for the edge
 * @param crossing where s rose through 1
 * @param streaks counters
 * @param turbulence how irregular it is
 */
public record DetectorState(
    Regime regime,
    int episode,
    double firstLoss,
    Signals signals,
    EdgeEvidence evidence,
    Crossing crossing,
    Streaks streaks,
    Turbulence turbulence) {

  /** A run of which nothing was seen. */
  public static final DetectorState START =
      new DetectorState(
          Regime.REGIME_STARTING,
          0,
          0,
          Signals.NONE,
          EdgeEvidence.NONE,
          Crossing.NONE,
          Streaks.NONE,
          Turbulence.NONE);

  /**
   * Of a run of which nothing was seen.
   *
   * @param declared what its producer says of scale invariance
   * @param error |⟨w, ∇L⟩|/(‖w‖·‖∇L‖) at the first iterate; NaN where it does not say
   * @param noise rounding of its gradients, by its precision
   */
  public static DetectorState start(ScaleInvariance declared, double error, GradientNoise noise) {
    return new DetectorState(
        START.regime,
        START.episode,
        START.firstLoss,
        Signals.with(LedgerWitness.of(declared, error), Witnesses.of(noise)),
        START.evidence,
        START.crossing,
        START.streaks,
        START.turbulence);
  }

  /** What is known of scale invariance. */
  public ScaleInvariance scaleInvariance() {
    return signals.ledger().invariance();
  }

  /** First step without scale invariance; null while nothing says that it is not there. */
  public @Nullable Long scaleInvarianceLostAt() {
    return signals.ledger().lostAt();
  }

  /** What the part of the gradient along the weights adds to weight decay. */
  public RadialDecay radialDecay() {
    return signals.ledger().radial().decay();
  }

  /** Whether sharpness came before that did not say where it was taken. */
  public boolean hasSeenWithoutPoint() {
    return signals.witnesses().withoutPoint() >= 0;
  }

  DetectorState in(Regime other) {
    return new DetectorState(
        other, episode, firstLoss, signals, evidence, crossing, streaks, turbulence);
  }

  /** Appends its bytes. */
  public void write(StateWriter out) {
    out.put((byte) regime.getNumber()).put(episode).put(firstLoss);
    signals.write(out);
    evidence.write(out);
    crossing.write(out);
    streaks.write(out);
    turbulence.write(out);
  }

  /** Reads its bytes. */
  public static DetectorState read(StateReader in) {
    return new DetectorState(
        StateReader.known(in.getByte(), Regime::forNumber),
        in.getInt(),
        in.getDouble(),
        Signals.read(in),
        EdgeEvidence.read(in),
        Crossing.read(in),
        Streaks.read(in),
        Turbulence.read(in));
  }
}
