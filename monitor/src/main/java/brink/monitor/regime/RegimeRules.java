package brink.monitor.regime;

import static brink.v1.Regime.REGIME_CATAPULT;
import static brink.v1.Regime.REGIME_DIVERGED;
import static brink.v1.Regime.REGIME_EDGE;
import static brink.v1.Regime.REGIME_FLOWING;
import static brink.v1.Regime.REGIME_SETTLED;
import static brink.v1.Regime.REGIME_STABLE;
import static brink.v1.Regime.REGIME_STARTING;

import brink.monitor.flow.RateComparison;
import brink.monitor.geometry.SphericalStep;
import org.jspecify.annotations.Nullable;

/** The verdicts: from the evidence after a step to the next regime, or none. */
final class RegimeRules {
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
    if (state.streaks().exploded() >= settings.explosionSamples()
        && state.regime() != REGIME_DIVERGED) {
      long start = now.step().step() - settings.explosionSamples() + 1;
      return new Verdict(
          REGIME_DIVERGED,
          Onset.between(start, start, now.step().step()),
          "the loss exploded and did not come back");
    }
    return switch (state.regime()) {
      case REGIME_STARTING -> fromStarting(state, now);
      case REGIME_STABLE -> fromStable(state, now, thrown);
      case REGIME_EDGE, REGIME_FLOWING, REGIME_SETTLED -> atEdge(state, now, thrown);
      case REGIME_CATAPULT -> fromCatapult(state, now);
      case REGIME_DIVERGED -> fromDiverged(state, now);
      default -> null;
    };
  }

  private @Nullable Verdict fromStarting(DetectorState state, Moment now) {
    if (state.streaks().calm() >= settings.startSamples()) {
      return stable(state, now);
    }
    return edge(state, now, settings.startEvidence(), settings.startEdgeRatio());
  }

  // Weight decay never raises ‖w‖: a throw in the middle of an oscillation is evidence of its own.
  private @Nullable Verdict fromStable(DetectorState state, Moment now, Throw thrown) {
    double least = settings.evidence() * (thrown.isCatapult() ? settings.thrownShare() : 1);
    return edge(state, now, least, Double.POSITIVE_INFINITY);
  }

  private @Nullable Verdict fromCatapult(DetectorState state, Moment now) {
    if (state.streaks().calm() >= settings.calmSamples()) {
      return stable(state, now);
    }
    return edge(state, now, settings.evidence(), settings.startEdgeRatio());
  }

  private @Nullable Verdict fromDiverged(DetectorState state, Moment now) {
    if (state.streaks().samples() < settings.resumeSamples() || state.streaks().exploded() > 0) {
      return null;
    }
    return new Verdict(REGIME_STARTING, Onset.at(now.step().step()), "finite steps have resumed");
  }

  private static Verdict stable(DetectorState state, Moment now) {
    long step = now.step().step();
    long start = state.streaks().calmStart();
    return new Verdict(
        REGIME_STABLE, Onset.between(start, start, step), Sentences.stable(state.signals(), step));
  }

  private @Nullable Verdict edge(DetectorState state, Moment now, double least, double highest) {
    EdgeEvidence evidence = state.evidence();
    RatioWitness ratio = state.signals().ratio();
    if (evidence.sum() < least || (ratio.known() && ratio.mean() > highest)) {
      return null;
    }
    boolean silent = state.crossing().silentBefore(evidence.before());
    Onset onset = Onset.between(evidence.before(), evidence.start(), now.step().step());
    return new Verdict(
        REGIME_EDGE, onset, Sentences.edge(state.signals(), state.crossing(), onset, silent));
  }

  private @Nullable Verdict atEdge(DetectorState state, Moment now, Throw thrown) {
    long step = now.step().step();
    if (thrown.isCatapult()) {
      return new Verdict(
          REGIME_CATAPULT,
          Onset.between(thrown.start(), thrown.start() + 1, step),
          Sentences.catapult(state.signals(), thrown.normFactor(), step));
    }
    if (hasLeft(state, now.step())) {
      return stable(state, now);
    }
    RateComparison rates = now.rates();
    return rates == null ? null : alongFlow(state, rates);
  }

  private boolean hasLeft(DetectorState state, SphericalStep now) {
    Streaks streaks = state.streaks();
    RatioWitness ratio = state.signals().ratio();
    if (streaks.calm() < settings.calmSamples()) {
      return false;
    }
    boolean farBelow = ratio.source().measured() && ratio.mean() < settings.leaveRatio();
    double patience = settings.leaveTime() / Math.sqrt(now.intrinsicLearningRate());
    return farBelow
        || now.step() - streaks.calmStart() >= Math.min(patience, settings.leaveSteps());
  }

  private @Nullable Verdict alongFlow(DetectorState state, RateComparison rates) {
    Streaks streaks = state.streaks();
    if (state.regime() != REGIME_SETTLED && streaks.still() >= 2 * settings.agreeingFits()) {
      return new Verdict(REGIME_SETTLED, null, Sentences.settled(rates));
    }
    if (state.regime() != REGIME_FLOWING && streaks.agreeing() >= settings.agreeingFits()) {
      return new Verdict(REGIME_FLOWING, null, Sentences.flowing(state.signals(), rates));
    }
    if (state.regime() != REGIME_EDGE && streaks.disagreeing() >= 2 * settings.agreeingFits()) {
      return new Verdict(REGIME_EDGE, null, Sentences.unlikeFlow(rates));
    }
    return null;
  }
}
