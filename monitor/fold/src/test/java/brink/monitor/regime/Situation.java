package brink.monitor.regime;

import brink.monitor.flow.EdgeReading;
import brink.monitor.geometry.Smoothed;
import brink.monitor.geometry.SphericalStep;
import brink.v1.Regime;
import org.jspecify.annotations.Nullable;

/**
 * What a rule is asked about, made up: at first a run in some regime that nothing speaks for or
 * against. Each method says one thing of it.
 */
final class Situation {
  static final DetectorSettings SETTINGS = DetectorSettings.defaults();

  /** The step that is decided at. */
  static final long NOW = 50_000;

  private final Regime regime;
  private Streaks streaks = Streaks.NONE;
  private EdgeEvidence evidence = EdgeEvidence.NONE;
  private Signals signals = Signals.with(LedgerWitness.NONE, seen(true));
  private Crossing crossing = Crossing.NONE;
  private Turbulence turbulence = Turbulence.NONE;
  private double weightDecay = 4e-4;
  private Throw thrown = new Throw(1, NOW, false);
  private @Nullable EdgeReading fit;

  private Situation(Regime regime) {
    this.regime = regime;
  }

  static Situation in(Regime regime) {
    return new Situation(regime);
  }

  private static Witnesses seen(boolean oscillation) {
    Witnesses none = Witnesses.NONE;
    return new Witnesses(none.noise(), none.alongMove(), none.otherMove(), oscillation, -1);
  }

  /** A mean with a standard error, of two samples. */
  static Smoothed mean(double mean, double error) {
    return new Smoothed(mean, error * error, 2);
  }

  /** A stability ratio. */
  static RatioWitness ratio(double mean, double error, RatioSource source) {
    return new RatioWitness(source, mean(mean, error), mean(0, 0), mean, Smoothed.EMPTY, 0);
  }

  private Situation with(
      RatioWitness ratio, Smoothed cosine, NormRise norm, LedgerWitness ledger, Witnesses stream) {
    signals =
        new Signals(ratio, cosine, Smoothed.EMPTY, norm, signals.slowLoss(), ledger, -1, 0, stream);
    return this;
  }

  Situation streaks(Streaks next) {
    streaks = next;
    return this;
  }

  Situation samples(int count) {
    return streaks(new Streaks(count, 0, -1, 0, 0, 0, 0, 0, 0));
  }

  Situation calm(int count, long since) {
    return streaks(new Streaks(0, count, since, 0, 0, 0, 0, 0, 0));
  }

  Situation quiet(int count) {
    return streaks(new Streaks(0, 0, -1, count, 0, 0, 0, 0, 0));
  }

  Situation runaway(int count) {
    return streaks(new Streaks(0, 0, -1, 0, count, 0, 0, 0, 0));
  }

  Situation exploded(int samples, int count) {
    return streaks(new Streaks(samples, 0, -1, 0, 0, count, 0, 0, 0));
  }

  Situation fits(int agreeing, int failing, int untested) {
    return streaks(new Streaks(0, 0, -1, 0, 0, 0, agreeing, failing, untested));
  }

  /** Evidence for an edge that began 20 steps before, or up to 10 earlier. */
  Situation evidence(double sum) {
    evidence = new EdgeEvidence(sum, NOW - 20, NOW - 30, 0);
    return this;
  }

  /** A ratio at the midpoint. */
  Situation ratio(double mean) {
    return ratio(ratio(mean, 0, RatioSource.MIDPOINT));
  }

  Situation ratio(RatioWitness witness) {
    return with(witness, signals.cosine(), signals.norm(), signals.ledger(), signals.witnesses());
  }

  Situation cosine(double mean) {
    Smoothed cosine = mean(mean, 0);
    return with(signals.ratio(), cosine, signals.norm(), signals.ledger(), signals.witnesses());
  }

  /** A stability ratio along the moves. */
  Situation along(double mean) {
    Witnesses was = signals.witnesses();
    Witnesses moves = new Witnesses(was.noise(), mean(mean, 0), was.otherMove(), true, -1);
    return with(signals.ratio(), signals.cosine(), signals.norm(), signals.ledger(), moves);
  }

  /** A stream that no oscillation could be seen in. */
  Situation blind() {
    return with(signals.ratio(), signals.cosine(), signals.norm(), signals.ledger(), seen(false));
  }

  /** A rise of log ‖w‖² that began at a step. */
  Situation rise(double logarithm, long start) {
    NormRise rise = new NormRise(0, start, logarithm, NOW);
    return with(signals.ratio(), signals.cosine(), rise, signals.ledger(), signals.witnesses());
  }

  Situation ledger(LedgerWitness ledger) {
    return with(signals.ratio(), signals.cosine(), signals.norm(), ledger, signals.witnesses());
  }

  /** A producer that says that the loss is not scale-invariant. */
  Situation offTheSphere() {
    return ledger(LedgerWitness.of(ScaleInvariance.NEVER, 0.3));
  }

  Situation crossing(Crossing known) {
    crossing = known;
    return this;
  }

  /** How irregular it was over the newest 64 samples. */
  Situation turbulent(double above, double ratio, double scatter, double throwsLately) {
    turbulence =
        new Turbulence(
            new Smoothed(above, 0, 64),
            new Smoothed(ratio, scatter * scatter, 64),
            throwsLately,
            1);
    return this;
  }

  Situation weightDecay(double decay) {
    weightDecay = decay;
    return this;
  }

  Situation thrown(double factor, boolean isCatapult) {
    thrown = new Throw(factor, NOW - 3, isCatapult);
    return this;
  }

  Situation fit(@Nullable EdgeReading reading) {
    fit = reading;
    return this;
  }

  Signals signals() {
    return signals;
  }

  Throw thrown() {
    return thrown;
  }

  DetectorState state() {
    return new DetectorState(regime, 0, 1, signals, evidence, crossing, streaks, turbulence);
  }

  SphericalStep step() {
    return MadeUpStep.at(NOW).weightDecay(weightDecay).build();
  }

  @Nullable Verdict verdict() {
    Moment now = new Moment(step(), false, null, null, Oscillation.UNDECIDED, fit);
    return new RegimeRules(SETTINGS).decide(state(), now, thrown);
  }

  /** Where it goes; UNSPECIFIED where there is no verdict. */
  Regime next() {
    Verdict verdict = verdict();
    return verdict == null ? Regime.REGIME_UNSPECIFIED : verdict.to();
  }
}
