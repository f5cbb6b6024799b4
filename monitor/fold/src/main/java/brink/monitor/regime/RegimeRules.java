package brink.monitor.regime;

import static brink.v1.Regime.REGIME_CATAPULT;
import static brink.v1.Regime.REGIME_CHAOTIC;
import static brink.v1.Regime.REGIME_DIVERGED;
import static brink.v1.Regime.REGIME_EDGE;
import static brink.v1.Regime.REGIME_FLOWING;
import static brink.v1.Regime.REGIME_SETTLED;
import static brink.v1.Regime.REGIME_STABLE;
import static brink.v1.Regime.REGIME_STARTING;

import brink.monitor.flow.EdgeReading;
import brink.monitor.flow.FlowTrial;
import brink.monitor.flow.Rest;
import brink.monitor.geometry.SphericalStep;
import brink.v1.Regime;
import org.jspecify.annotations.Nullable;

/** The verdicts: from the evidence after a step to the next regime, or none. */
final class RegimeRules {
  /**
   * Failing fits that end a flow, for each agreeing fit that it needs: a test of the direction
   * stays in force for a whole span, so that one that fails is counted several times.
   */
  private static final int FAILING = 2;

  private final DetectorSettings settings;

  RegimeRules(DetectorSettings settings) {
    this.settings = settings;
  }

  /**
   * Decides.
   *
   * @param state the evidence with this moment in it, and the regime before it
   * @param now this moment
   * @param thrown how far this moment is thrown
   */
  @Nullable Verdict decide(DetectorState state, Moment now, Throw thrown) {
    if (state.streaks().exploded() >= settings.catapult().explosion().explosionSamples()
        && state.regime() != REGIME_DIVERGED) {
      long start = now.step().step() - settings.catapult().explosion().explosionSamples() + 1;
      return new Verdict(
          REGIME_DIVERGED,
          Onset.between(start, start, now.step().step()),
          "the loss exploded and did not come back");
    }
    if (!state.signals().ledger().admitsVerdicts(settings)) {
      return offTheSphere(state, now);
    }
    return switch (state.regime()) {
      case REGIME_STARTING -> fromStarting(state, now);
      case REGIME_STABLE -> fromStable(state, now, thrown);
      case REGIME_EDGE, REGIME_FLOWING, REGIME_SETTLED -> atEdge(state, now, thrown);
      case REGIME_CATAPULT -> fromCatapult(state, now);
      case REGIME_CHAOTIC -> fromChaotic(state, now);
      case REGIME_DIVERGED -> fromDiverged(state, now);
      default -> null;
    };
  }

  // Without scale invariance there is no sphere to speak of: only divergence is looked for, and a
  // rise of ‖w‖² that the loss goes along with is one, since nothing brings it back.
  private @Nullable Verdict offTheSphere(DetectorState state, Moment now) {
    long step = now.step().step();
    if (state.regime() == REGIME_DIVERGED) {
      return fromDiverged(state, now);
    }
    if (state.streaks().runaway() >= settings.catapult().explosion().resumeSamples()) {
      NormRise norm = state.signals().norm();
      return new Verdict(
          REGIME_DIVERGED,
          Onset.between(norm.start(), norm.start() + 1, step),
          Sentences.runaway(state.signals(), step));
    }
    return switch (state.regime()) {
      case REGIME_STARTING ->
          state.streaks().calm() >= settings.samples().startSamples() ? stable(state, now) : null;
      case REGIME_STABLE -> null;
      default -> new Verdict(REGIME_STARTING, null, Sentences.offTheSphere(state.signals()));
    };
  }

  // Random starts oscillate, too, but not after some steps without it.
  private @Nullable Verdict fromStarting(DetectorState state, Moment now) {
    boolean blind = !state.signals().witnesses().oscillationSeen();
    if (state.streaks().calm() >= settings.samples().startSamples()
        || (blind && state.streaks().samples() >= settings.samples().startSamples())) {
      return stable(state, now);
    }
    boolean over = state.streaks().quiet() >= settings.samples().startSamples();
    double least = over ? settings.evidence().evidence() : settings.evidence().startEvidence();
    Verdict edge = edge(state, now, least, settings.edge().startEdgeRatio(), null);
    boolean alternates = state.evidence().sum() >= least && !state.signals().isQuiet();
    return edge == null && alternates ? lastingChaos(state) : edge;
  }

  // Weight decay never raises ‖w‖: a throw in the middle of an oscillation is evidence of its own.
  private @Nullable Verdict fromStable(DetectorState state, Moment now, Throw thrown) {
    double least =
        settings.evidence().evidence()
            * (thrown.isCatapult() ? settings.evidence().thrownShare() : 1);
    return edge(state, now, least, Double.POSITIVE_INFINITY, thrown);
  }

  private @Nullable Verdict fromCatapult(DetectorState state, Moment now) {
    if (state.streaks().calm() >= settings.samples().calmSamples()) {
      return stable(state, now);
    }
    Verdict edge =
        edge(state, now, settings.evidence().evidence(), settings.edge().startEdgeRatio(), null);
    return edge == null ? lastingChaos(state) : edge;
  }

  // Random starts collapse, and catapults land, within tens of steps.
  private @Nullable Verdict lastingChaos(DetectorState state) {
    int samples = state.streaks().samples();
    boolean lasts = samples >= settings.chaos().chaosPatience();
    return lasts && state.turbulence().isBeyond(settings)
        ? new Verdict(
            REGIME_CHAOTIC,
            null,
            Sentences.lastingChaos(state.signals(), state.turbulence(), samples))
        : null;
  }

  // Calm, or an edge, has to last for as long as irregularity is looked for.
  private @Nullable Verdict fromChaotic(DetectorState state, Moment now) {
    if (state.streaks().calm() >= settings.catapult().slowSamples()) {
      return stable(state, now);
    }
    boolean lasts = state.streaks().samples() >= settings.chaos().chaosPatience();
    double highest = settings.edge().startEdgeRatio();
    boolean regular = state.turbulence().throwsLately() < 1 && state.turbulence().isWithin(highest);
    return lasts && regular
        ? edge(state, now, settings.evidence().evidence(), highest, null)
        : null;
  }

  private @Nullable Verdict fromDiverged(DetectorState state, Moment now) {
    if (state.streaks().samples() < settings.catapult().explosion().resumeSamples()
        || state.streaks().exploded() > 0) {
      return null;
    }
    return new Verdict(REGIME_STARTING, Onset.at(now.step().step()), "finite steps have resumed");
  }

  private static Verdict stable(DetectorState state, Moment now) {
    long step = now.step().step();
    long start = state.streaks().calm() > 0 ? state.streaks().calmStart() : step;
    return new Verdict(
        REGIME_STABLE, Onset.between(start, start, step), Sentences.stable(state.signals(), step));
  }

  private @Nullable Verdict edge(
      DetectorState state, Moment now, double least, double highest, @Nullable Throw thrown) {
    EdgeEvidence evidence = state.evidence();
    Signals signals = state.signals();
    RatioWitness ratio = signals.ratio();
    if (evidence.sum() < least || (ratio.known() && ratio.mean() > highest)) {
      return null;
    }
    boolean inThrow = thrown != null && thrown.isCatapult();
    Threshold threshold = Threshold.of(signals, inThrow, settings);
    if (threshold == Threshold.BELOW || signals.isQuiet()) {
      return null;
    }
    boolean silent = state.crossing().silentBefore(evidence.before());
    Onset onset = Onset.between(evidence.before(), evidence.start(), now.step().step());
    String sentence = Sentences.edge(signals, state.crossing(), onset, silent, threshold);
    return new Verdict(REGIME_EDGE, onset, sentence);
  }

  private @Nullable Verdict atEdge(DetectorState state, Moment now, Throw thrown) {
    long step = now.step().step();
    if (thrown.isCatapult()) {
      return thrown(state, thrown, step);
    }
    if (hasLeft(state, now.step())) {
      return stable(state, now);
    }
    EdgeReading fit = now.fit();
    return fit == null ? null : alongFlow(state, fit);
  }

  private Verdict thrown(DetectorState state, Throw thrown, long step) {
    Onset onset = Onset.between(thrown.start(), thrown.start() + 1, step);
    Turbulence turbulence = state.turbulence();
    boolean often = turbulence.throwsLately() > settings.chaos().mostThrows();
    return often && turbulence.isBeyond(settings)
        ? new Verdict(
            REGIME_CHAOTIC,
            onset,
            Sentences.frequentThrows(
                state.signals(),
                turbulence,
                turbulence.throwSpacing(settings),
                thrown.normFactor()))
        : new Verdict(
            REGIME_CATAPULT, onset, Sentences.catapult(state.signals(), thrown.normFactor(), step));
  }

  private boolean hasLeft(DetectorState state, SphericalStep now) {
    Streaks streaks = state.streaks();
    RatioWitness ratio = state.signals().ratio();
    if (streaks.calm() < settings.samples().calmSamples()) {
      return false;
    }
    boolean farBelow = ratio.source().measured() && ratio.mean() < settings.edge().leaveRatio();
    double patience = settings.edge().leaveTime() / Math.sqrt(now.intrinsicLearningRate());
    return farBelow
        || now.step() - streaks.calmStart() >= Math.min(patience, settings.edge().leaveSteps());
  }

  private @Nullable Verdict alongFlow(DetectorState state, EdgeReading fit) {
    Streaks streaks = state.streaks();
    Signals signals = state.signals();
    Regime regime = state.regime();
    Rest rest = fit.rest();
    if (regime != REGIME_SETTLED && rest != null && rest.within(settings.motion().restRate())) {
      return new Verdict(REGIME_SETTLED, null, Sentences.settled(signals, rest));
    }
    FlowTrial trial = fit.speaking();
    if (regime != REGIME_FLOWING
        && trial != null
        && streaks.agreeing() >= settings.motion().agreeingFits()) {
      return new Verdict(REGIME_FLOWING, null, Sentences.flowing(signals, trial));
    }
    if (regime == REGIME_FLOWING
        && trial != null
        && streaks.failing() >= FAILING * settings.motion().agreeingFits()) {
      return new Verdict(REGIME_EDGE, null, Sentences.unlikeFlow(fit, trial));
    }
    if (regime == REGIME_FLOWING && streaks.untested() >= settings.motion().untestedFits()) {
      return new Verdict(REGIME_EDGE, null, Sentences.untested(fit));
    }
    boolean moves = rest == null || !rest.within(settings.motion().flowRate());
    return regime == REGIME_SETTLED && moves
        ? new Verdict(REGIME_EDGE, null, Sentences.moving(fit))
        : null;
  }
}
