package brink.monitor.run;

import brink.invariance.DeclaredInvariance;
import brink.monitor.flow.FlowState;
import brink.monitor.geometry.GradientNoise;
import brink.monitor.geometry.Motion;
import brink.monitor.geometry.RadialDecay;
import brink.monitor.geometry.SphericalStep;
import brink.monitor.regime.DetectorState;
import brink.monitor.regime.ScaleInvariance;
import brink.v1.Regime;
import brink.v1.RunStarted;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the fold remembers of a run: immutable, of bounded size.
 *
 * @param runId the run
 * @param ledgerTolerance relative error of the norm ledger that rounding explains; NaN where the
 *     producer did not name its precision
 * @param motion how its weights move
 * @param reached highest step number that came, used or not; −1 before any
 * @param sequence which steps were used
 * @param waiting steps that came before their predecessors
 * @param lives its ends and resumptions
 * @param flowTime τ up to and including the last step used
 * @param previous last step used; null before any and after one that was not finite
 * @param detector state of the regime detector
 * @param flow state of the flow's fit
 */
public record RunState(
    String runId,
    double ledgerTolerance,
    Motion motion,
    long reached,
    StepSequence sequence,
    Waiting waiting,
    Lives lives,
    double flowTime,
    @Nullable SphericalStep previous,
    DetectorState detector,
    FlowState flow) {

  /** Most UTF-8 bytes of a run id: keeps the encoded state within its bound. */
  public static final int MAX_RUN_ID_BYTES = 200;

  static RunState of(RunStarted started, double ledgerTolerance) {
    long first = started.hasResumedFrom() ? started.getResumedFrom().getStep() : 0;
    return new RunState(
        started.getRunId(),
        ledgerTolerance,
        Motion.of(started),
        -1,
        StepSequence.expecting(first),
        Waiting.NONE,
        Lives.FIRST,
        0,
        null,
        DetectorState.start(
            ScaleInvariance.declared(started),
            DeclaredInvariance.error(started),
            GradientNoise.of(LedgerTolerance.roundoff(started.getPrecision()))),
        FlowState.START);
  }

  /** Present regime. */
  public Regime regime() {
    return detector.regime();
  }

  /** What is known of L(c·w) = L(w). */
  public ScaleInvariance scaleInvariance() {
    return detector.scaleInvariance();
  }

  /** What the part of the gradient along the weights adds to weight decay. */
  public RadialDecay radialDecay() {
    return detector.radialDecay();
  }

  /** Number of the edge episode, from 1; 0 before the first. */
  public int episode() {
    return detector.episode();
  }

  /** Last step used; empty before any. */
  public OptionalLong lastStep() {
    return sequence.count() == 0 ? OptionalLong.empty() : OptionalLong.of(sequence.last());
  }

  /**
   * Whether {@code RunEnded} came and no resumption after it. Steps up to its last one are still
   * used; with that one the regime becomes ENDED.
   */
  public boolean endIsKnown() {
    return lives.lastEnd() != null;
  }

  /** Whether all steps came that the run has in its present life. */
  boolean isComplete() {
    return reached >= lives.limit() && waiting.isEmpty();
  }

  /** Highest step that was used or waits to be; −1 before any. */
  long lastTaken() {
    long used = sequence.count() == 0 ? -1 : sequence.last();
    return waiting.steps().stream().mapToLong(SphericalStep::step).reduce(used, Math::max);
  }

  RunState withReached(long step) {
    return new RunState(
        runId,
        ledgerTolerance,
        motion,
        Math.max(reached, step),
        sequence,
        waiting,
        lives,
        flowTime,
        previous,
        detector,
        flow);
  }

  RunState withLives(Lives next) {
    return new RunState(
        runId,
        ledgerTolerance,
        motion,
        reached,
        sequence,
        waiting,
        next,
        flowTime,
        previous,
        detector,
        flow);
  }

  RunState withWaiting(Waiting others) {
    return new RunState(
        runId,
        ledgerTolerance,
        motion,
        reached,
        sequence,
        others,
        lives,
        flowTime,
        previous,
        detector,
        flow);
  }

  RunState withDetector(DetectorState next) {
    return new RunState(
        runId,
        ledgerTolerance,
        motion,
        reached,
        sequence,
        waiting,
        lives,
        flowTime,
        previous,
        next,
        flow);
  }

  /** After a step that was used; {@code step} is null where it was not finite. */
  RunState after(
      StepSequence steps,
      double time,
      @Nullable SphericalStep step,
      DetectorState nextDetector,
      FlowState nextFlow) {
    return new RunState(
        runId,
        ledgerTolerance,
        motion,
        reached,
        steps,
        waiting,
        lives,
        time,
        step,
        nextDetector,
        nextFlow);
  }
}
