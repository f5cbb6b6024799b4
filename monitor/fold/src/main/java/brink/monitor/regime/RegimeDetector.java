package brink.monitor.regime;

import brink.monitor.flow.EdgeReading;
import brink.monitor.geometry.RadialDecay;
import brink.monitor.geometry.SphericalStep;
import brink.v1.Evidence;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.SharpnessPoint;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The regime of a run as a fold: (state, step) → (state, change). Deterministic to the bit: it uses
 * correctly rounded arithmetic and StrictMath only.
 */
public final class RegimeDetector {
  private final String version;
  private final DetectorSettings settings;
  private final RegimeRules rules;

  /**
   * A detector.
   *
   * @param version goes into every change
   */
  public RegimeDetector(String version, DetectorSettings settings) {
    this.version = version;
    this.settings = settings;
    this.rules = new RegimeRules(settings);
  }

  /**
   * Folds one finite step.
   *
   * @param before the step directly before; null at the start and after a gap
   * @param ledger its norm ledger; null at the start and after a gap
   * @param fit what the fit at the edge says, where one was due
   */
  public Detection step(
      String runId,
      DetectorState state,
      SphericalStep step,
      @Nullable SphericalStep before,
      @Nullable LedgerEntry ledger,
      @Nullable EdgeReading fit) {
    boolean moving =
        !Oscillation.isAtRest(step, state.signals().witnesses().noise().with(step), settings);
    RatioReading reading = RatioReading.of(step, before, moving);
    RatioReading alongMove = moving ? RatioReading.ofGradients(step, before) : null;
    Moment now =
        new Moment(
            step,
            !moving,
            reading,
            alongMove,
            Oscillation.of(step, !moving, reading, settings),
            fit);
    Throw thrown = Throw.of(step, reading, state.signals(), settings);
    DetectorState seen = observe(state, now, before, ledger, isThrow(state, thrown));
    Verdict verdict = rules.decide(seen, now, thrown);
    return verdict == null ? new Detection(seen, null) : change(runId, seen, step.step(), verdict);
  }

  /** A step whose loss, norms or hyper-parameters are not finite. */
  public Detection notFinite(String runId, DetectorState state, long step, String fields) {
    if (state.regime() == Regime.REGIME_DIVERGED || state.regime() == Regime.REGIME_ENDED) {
      return new Detection(renewed(state), null);
    }
    String sentence = String.format(Locale.ROOT, "not finite at step %d: %s", step, fields);
    return change(
        runId, state, step, new Verdict(Regime.REGIME_DIVERGED, Onset.at(step), sentence));
  }

  /** The producer said that the run diverged; the evidence stays as it is. */
  public Detection diverged(String runId, DetectorState state, long step) {
    return turn(
        runId,
        state,
        step,
        new Verdict(Regime.REGIME_DIVERGED, Onset.at(step), "the producer reports divergence"));
  }

  /** The run is over; the evidence stays as it is, for a run that goes on. */
  public Detection ended(String runId, DetectorState state, long step, String sentence) {
    return turn(runId, state, step, new Verdict(Regime.REGIME_ENDED, null, sentence));
  }

  /**
   * The run goes on where it had ended.
   *
   * @param before regime before the end
   */
  public Detection resumed(String runId, DetectorState state, long step, Regime before) {
    String sentence = String.format(Locale.ROOT, "the run goes on at step %d", step);
    return turn(runId, state, step, new Verdict(before, null, sentence));
  }

  /**
   * The run had not ended after all: steps came after its last one.
   *
   * @param before regime before the end
   */
  public Detection endTakenBack(String runId, DetectorState state, long step, Regime before) {
    String sentence =
        String.format(Locale.ROOT, "step %d came after the one that the run called its last", step);
    Detection turned = turn(runId, state, step, new Verdict(before, null, sentence));
    RegimeChanged change = Objects.requireNonNull(turned.change());
    return new Detection(turned.state(), change.toBuilder().setEndTakenBack(true).build());
  }

  private Detection turn(String runId, DetectorState state, long step, Verdict verdict) {
    DetectorState next = state.in(RegimeTransitions.move(runId, state.regime(), verdict.to()));
    return new Detection(next, event(runId, state.regime(), next, step, verdict, state.signals()));
  }

  // In chaos nothing lands in between: what rises on and on is one throw.
  private boolean isThrow(DetectorState state, Throw thrown) {
    boolean fresh = state.turbulence().sinceThrow() >= settings.samples().calmSamples();
    return thrown.isCatapult()
        && (isAtEdge(state.regime()) || (state.regime() == Regime.REGIME_CHAOTIC && fresh));
  }

  private DetectorState observe(
      DetectorState state,
      Moment now,
      @Nullable SphericalStep before,
      @Nullable LedgerEntry ledger,
      boolean thrownNow) {
    SphericalStep step = now.step();
    Double loss = step.loss();
    double firstLoss = state.firstLoss() == 0 && loss != null ? loss : state.firstLoss();
    EdgeEvidence evidence = evidence(state, now);
    // Gradients from before the oscillation say nothing of it.
    Signals sinceOnset =
        evidence.start() == step.step() ? state.signals().withoutCosine() : state.signals();
    Signals known = beginsCalm(state, now) ? sinceOnset.withoutRatio() : sinceOnset;
    Signals folded = known.with(now, before, ledger, settings);
    boolean thrown =
        state.regime() == Regime.REGIME_CATAPULT
            || (thrownNow && state.regime() == Regime.REGIME_CHAOTIC);
    Signals signals = thrown ? folded.withNormAnew() : folded;
    boolean exploded =
        loss != null
            && loss > settings.catapult().explosion().explosionFactor() * Math.max(firstLoss, 1);
    Streaks streaks = streaks(state, now, signals, exploded);
    Crossing crossing = crossing(state, now);
    return new DetectorState(
        state.regime(),
        state.episode(),
        firstLoss,
        signals,
        evidence,
        crossing,
        streaks,
        state.turbulence().with(now.reading(), thrownNow, settings));
  }

  // s of a sharp start says nothing of the calm after it.
  private boolean beginsCalm(DetectorState state, Moment now) {
    return state.regime() == Regime.REGIME_STARTING
        && state.streaks().calm() == 0
        && now.isCalm(settings);
  }

  private EdgeEvidence evidence(DetectorState state, Moment now) {
    long step = now.step().step();
    if (now.atRest()) {
      return state.evidence().without(step);
    }
    double likelihood =
        EdgeLikelihood.of(
            now.step(),
            now.reading(),
            now.alongMove(),
            state.signals().ratio().scatter(),
            settings);
    return state.evidence().with(step, likelihood);
  }

  // A burst throws s back below 1 within a few steps: what is known of the crossing before it
  // stays.
  private static Crossing crossing(DetectorState state, Moment now) {
    Crossing known = state.crossing();
    boolean bursting = now.oscillation() == Oscillation.YES && known.known();
    return bursting ? known : known.with(now.step().step(), now.reading());
  }

  private Streaks streaks(DetectorState state, Moment now, Signals signals, boolean exploded) {
    Streaks was = state.streaks();
    boolean calm = now.isCalm(settings);
    long step = now.step().step();
    boolean rested = was.quiet() >= settings.samples().startSamples();
    Streaks samples =
        new Streaks(
            Streaks.next(was.samples(), true),
            Streaks.next(was.calm(), calm),
            calm && was.calm() == 0 ? step : was.calmStart(),
            rested ? was.quiet() : Streaks.next(was.quiet(), now.oscillation() == Oscillation.NO),
            Streaks.next(was.runaway(), isRunaway(now, signals, exploded)),
            Streaks.next(was.exploded(), exploded),
            was.agreeing(),
            was.failing(),
            was.untested());
    EdgeReading fit = now.fit();
    return fit == null ? samples : withFit(samples, state.regime(), fit);
  }

  private boolean isRunaway(Moment now, Signals signals, boolean exploded) {
    boolean grown = signals.norm().factor() > settings.catapult().explosion().explosionFactor();
    return grown && (exploded || now.step().loss() == null);
  }

  private Streaks withFit(Streaks streaks, Regime regime, EdgeReading fit) {
    double least =
        regime == Regime.REGIME_SETTLED
            ? settings.motion().flowRate()
            : settings.motion().restRate();
    return new Streaks(
        streaks.samples(),
        streaks.calm(),
        streaks.calmStart(),
        streaks.quiet(),
        streaks.runaway(),
        streaks.exploded(),
        Streaks.next(streaks.agreeing(), fit.agrees() && fit.fallsFasterThan(least)),
        Streaks.next(streaks.failing(), fit.fails()),
        Streaks.next(streaks.untested(), fit.trials().isEmpty()));
  }

  private static DetectorState renewed(DetectorState state) {
    return new DetectorState(
        state.regime(),
        state.episode(),
        state.firstLoss(),
        state.signals(),
        state.evidence(),
        state.crossing(),
        Streaks.NONE,
        state.turbulence());
  }

  private Detection change(String runId, DetectorState state, long step, Verdict verdict) {
    Regime from = state.regime();
    Regime to = RegimeTransitions.move(runId, from, verdict.to());
    boolean entry = to == Regime.REGIME_EDGE && !isAtEdge(from);
    boolean anew = to == Regime.REGIME_STARTING;
    boolean exit = !entry && !isAtEdge(to);
    DetectorState next =
        new DetectorState(
            to,
            state.episode() + (entry ? 1 : 0),
            state.firstLoss(),
            anew ? anew(state.signals()) : state.signals(),
            // What spoke for an edge that was left says nothing of the next one.
            exit ? EdgeEvidence.NONE.without(step) : state.evidence(),
            exit ? Crossing.NONE : state.crossing(),
            Streaks.NONE,
            anew ? Turbulence.NONE : state.turbulence());
    return new Detection(next, event(runId, from, next, step, verdict, state.signals()));
  }

  private static Signals anew(Signals signals) {
    return Signals.with(signals.ledger(), signals.witnesses());
  }

  /** Whether a regime is one of those at the edge. */
  public static boolean isAtEdge(Regime regime) {
    return regime == Regime.REGIME_EDGE
        || regime == Regime.REGIME_FLOWING
        || regime == Regime.REGIME_SETTLED;
  }

  private RegimeChanged event(
      String runId, Regime from, DetectorState next, long step, Verdict verdict, Signals signals) {
    RegimeChanged.Builder event =
        RegimeChanged.newBuilder()
            .setRunId(runId)
            .setFrom(from)
            .setTo(next.regime())
            .setDetectedAtStep(step)
            .setEvidence(evidence(signals, verdict.sentence()))
            .setDetectorVersion(version);
    Onset onset = verdict.onset();
    if (onset != null) {
      event.setOnsetStep(onset.step()).setOnsetLow(onset.low()).setOnsetHigh(onset.high());
    }
    if (next.episode() > 0) {
      event.setEpisode(next.episode());
    }
    Long lost = next.scaleInvarianceLostAt();
    if (lost != null) {
      event.setScaleInvarianceLostAtStep(lost);
    }
    return event.build();
  }

  private static Evidence evidence(Signals signals, String sentence) {
    Evidence.Builder evidence = Evidence.newBuilder().setSentence(sentence);
    RatioWitness ratio = signals.ratio();
    if (ratio.known()) {
      evidence.setStabilityRatio(ratio.mean()).setStabilityRatioError(ratio.standardError());
    }
    evidence.setPoint(
        ratio.known() ? ratio.source().point() : SharpnessPoint.SHARPNESS_POINT_UNSPECIFIED);
    if (signals.cosine().known()) {
      evidence.setGradientCosine(signals.cosine().mean());
    }
    if (signals.angularStep().known()) {
      evidence.setAngularStepSquared(signals.angularStep().mean());
    }
    if (signals.ledger().known()) {
      evidence.setNormLedgerError(signals.ledger().error());
    }
    RadialDecay radial = signals.ledger().radial().decay();
    if (radial.known()) {
      evidence.setRadialDecay(radial.share());
    }
    return evidence.setCannotShowEdge(!signals.witnesses().oscillationSeen()).build();
  }
}
