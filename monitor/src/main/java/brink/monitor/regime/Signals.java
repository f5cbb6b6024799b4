package brink.monitor.regime;

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
 * @param ledgerError last error of the norm ledger, relative; NaN before any
 * @param ledgerBreak last step whose ledger error was beyond rounding; −1 if none
 * @param ledgerBreakError and that error
 */
record Signals(
    RatioWitness ratio,
    Smoothed cosine,
    Smoothed angularStep,
    NormRise norm,
    Smoothed slowLoss,
    double ledgerError,
    long ledgerBreak,
    double ledgerBreakError) {
  static final Signals NONE =
      new Signals(
          RatioWitness.NONE,
          Smoothed.EMPTY,
          Smoothed.EMPTY,
          NormRise.NONE,
          Smoothed.EMPTY,
          Double.NaN,
          -1,
          0);

  Signals with(
      SphericalStep step,
      @Nullable RatioReading reading,
      @Nullable LedgerEntry ledger,
      DetectorSettings settings) {
    return new Signals(
        ratio.with(reading, settings.window(), settings.slowSamples()),
        cosine(step, settings),
        angularStep.with(step.angularStepSquared(), settings.window()),
        norm.with(step),
        loss(step, settings),
        ledger == null ? ledgerError : ledger.error(),
        ledger != null && ledger.broken() ? step.step() : ledgerBreak,
        ledger != null && ledger.broken() ? ledger.error() : ledgerBreakError);
  }

  Signals withNormAnew() {
    return new Signals(
        ratio,
        cosine,
        angularStep,
        norm.anew(),
        slowLoss,
        ledgerError,
        ledgerBreak,
        ledgerBreakError);
  }

  boolean ledgerKnown() {
    return !Double.isNaN(ledgerError);
  }

  // The cosine of two rounding errors says nothing.
  private Smoothed cosine(SphericalStep step, DetectorSettings settings) {
    Double measured = step.gradientCosine();
    if (measured == null || Oscillation.isAtRest(step, settings)) {
      return Smoothed.EMPTY;
    }
    return cosine.with(measured, settings.window());
  }

  private Smoothed loss(SphericalStep step, DetectorSettings settings) {
    Double loss = step.loss();
    return loss == null ? slowLoss : slowLoss.with(loss, settings.slowSamples());
  }

  void write(StateWriter out) {
    ratio.write(out);
    cosine.write(out);
    angularStep.write(out);
    norm.write(out);
    slowLoss.write(out);
    out.put(ledgerError).put(ledgerBreak).put(ledgerBreakError);
  }

  static Signals read(StateReader in) {
    return new Signals(
        RatioWitness.read(in),
        Smoothed.read(in),
        Smoothed.read(in),
        NormRise.read(in),
        Smoothed.read(in),
        in.getDouble(),
        in.getLong(),
        in.getDouble());
  }
}
