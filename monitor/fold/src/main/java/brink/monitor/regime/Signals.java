package brink.monitor.regime;

import brink.monitor.geometry.Curvature;
import brink.monitor.geometry.Smoothed;
import brink.monitor.geometry.SphericalStep;
import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * The evidence, averaged over the last samples.
 *
 * @param ratio stability ratio
 * @param cosine cosine of consecutive gradients, while above rounding
 * @param angularStep α², rad²
 * @param norm log ‖w‖² against its latest low
 * @param slowLoss loss over many samples
 * @param ledger norm ledger
 * @param lost last step at which the producer found that the eigenvector it followed had lost the
 *     top; −1 if none
 * @param lostShare and the share of λ₁ that it had missed
 * @param witnesses what the stream says about itself
 */
record Signals(
    RatioWitness ratio,
    Smoothed cosine,
    Smoothed angularStep,
    NormRise norm,
    Smoothed slowLoss,
    LedgerWitness ledger,
    long lost,
    double lostShare,
    Witnesses witnesses) {
  static final Signals NONE =
      new Signals(
          RatioWitness.NONE,
          Smoothed.EMPTY,
          Smoothed.EMPTY,
          NormRise.NONE,
          Smoothed.EMPTY,
          LedgerWitness.NONE,
          -1,
          0,
          Witnesses.NONE);

  /** Nothing but what is known of scale invariance and of the stream. */
  static Signals with(LedgerWitness ledger, Witnesses witnesses) {
    return new Signals(
        NONE.ratio,
        NONE.cosine,
        NONE.angularStep,
        NONE.norm,
        NONE.slowLoss,
        ledger,
        NONE.lost,
        NONE.lostShare,
        witnesses);
  }

  /**
   * With one more step.
   *
   * @param before the step directly before it; null where it is missing
   */
  Signals with(
      Moment now,
      @Nullable SphericalStep before,
      @Nullable LedgerEntry entry,
      DetectorSettings settings) {
    SphericalStep step = now.step();
    double missed = missed(step);
    boolean wrong = missed > settings.oscillation().lostShare();
    // What was measured with the wrong eigenvector is too low, and no part of any average.
    RatioWitness base = wrong ? RatioWitness.NONE : ratio;
    return new Signals(
        base.with(now.reading(), settings.samples().window(), settings.catapult().slowSamples()),
        cosine(now, settings),
        angularStep.with(step.angularStepSquared(), settings.samples().window()),
        norm.with(step),
        loss(step, settings),
        ledger.with(entry, step.step(), settings),
        wrong ? step.step() : lost,
        wrong ? missed : lostShare,
        witnesses.with(step, before, now.alongMove(), settings));
  }

  private static double missed(SphericalStep step) {
    return Math.max(missed(step.midpoint()), missed(step.iterate()));
  }

  private static double missed(@Nullable Curvature curvature) {
    Double missed = curvature == null ? null : curvature.missed();
    return missed == null ? 0 : missed;
  }

  /** Whether consecutive gradients do not point against each other, where that is known. */
  boolean isQuiet() {
    return cosine.known() && cosine.mean() >= 0;
  }

  Signals withoutCosine() {
    return new Signals(
        ratio, Smoothed.EMPTY, angularStep, norm, slowLoss, ledger, lost, lostShare, witnesses);
  }

  Signals withoutRatio() {
    return new Signals(
        RatioWitness.NONE, cosine, angularStep, norm, slowLoss, ledger, lost, lostShare, witnesses);
  }

  Signals withNormAnew() {
    return new Signals(
        ratio, cosine, angularStep, norm.anew(), slowLoss, ledger, lost, lostShare, witnesses);
  }

  // The cosine of two rounding errors says nothing.
  private Smoothed cosine(Moment now, DetectorSettings settings) {
    Double measured = now.step().gradientCosine();
    if (measured == null || now.atRest()) {
      return Smoothed.EMPTY;
    }
    return cosine.with(measured, settings.samples().window());
  }

  private Smoothed loss(SphericalStep step, DetectorSettings settings) {
    Double loss = step.loss();
    return loss == null ? slowLoss : slowLoss.with(loss, settings.catapult().slowSamples());
  }

  void write(StateWriter out) {
    ratio.write(out);
    cosine.write(out);
    angularStep.write(out);
    norm.write(out);
    slowLoss.write(out);
    ledger.write(out);
    out.put(lost).put(lostShare);
    witnesses.write(out);
  }

  static Signals read(StateReader in) {
    return new Signals(
        RatioWitness.read(in),
        Smoothed.read(in),
        Smoothed.read(in),
        NormRise.read(in),
        Smoothed.read(in),
        LedgerWitness.read(in),
        in.getLong(),
        in.getDouble(),
        Witnesses.read(in));
  }
}
