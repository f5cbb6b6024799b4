package brink.monitor.regime;

import brink.monitor.flow.RateComparison;
import brink.monitor.text.Uncertain;
import brink.v1.FlowPrediction;
import com.google.errorprone.annotations.FormatMethod;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One sentence for people about each kind of verdict. Formats without a locale, so that replays
 * repeat them to the letter.
 */
final class Sentences {
  private Sentences() {}

  static String stable(Signals signals, long step) {
    if (signals.ratio().source().measured()) {
      return text("stability ratio %s at step %d, no oscillation", ratio(signals), step)
          + doubts(signals);
    }
    return text("no oscillation up to step %d; sharpness not measured", step) + doubts(signals);
  }

  static String edge(Signals signals, Crossing crossing, Onset onset, boolean silent) {
    String how = silent ? silently(crossing, onset) : "";
    return how
        + (signals.ratio().known()
            ? text("stability ratio reached %s at step %d", ratio(signals), onset.step())
            : text("angular step rose to the edge's level at step %d", onset.step()))
        + (signals.cosine().known()
            ? text(", gradients alternate (cosine %s)", text("%.2f", signals.cosine().mean()))
            : ", gradient cosine not measured")
        + doubts(signals);
  }

  private static String silently(Crossing crossing, Onset onset) {
    return text(
        "stability ratio crossed 1 silently at step %d and the oscillation came %d steps later: ",
        crossing.step(), onset.step() - crossing.step());
  }

  static String flowing(Signals signals, RateComparison rates) {
    if (!rates.independent()) {
      return text(
          "log sharpness changes by %s per unit of flow time by the angular step, with the edge"
              + " held at %s; no check against measured sharpness",
          number(rates.predicted()), ratio(signals));
    }
    return text(
        "log sharpness changes by %s per unit of flow time, the flow predicts %s; stability ratio"
            + " %s",
        measured(rates), predicted(rates), ratio(signals));
  }

  static String settled(RateComparison rates) {
    return text(
        "the flow is at rest: log sharpness changes by %s per unit of flow time%s, the flow"
            + " predicts %s",
        measured(rates),
        rates.independent() ? "" : " (by the weight norm, sharpness not measured)",
        predicted(rates));
  }

  static String unlikeFlow(RateComparison rates) {
    return text(
        "at the edge, but sharpness changes at %s per unit of flow time where the flow predicts"
            + " %s%s",
        measured(rates), predicted(rates), failing(rates.failing()));
  }

  private static String measured(RateComparison rates) {
    return Uncertain.text(rates.measured(), rates.measuredError());
  }

  private static String predicted(RateComparison rates) {
    return Uncertain.text(rates.predicted(), rates.predictedError());
  }

  private static String failing(@Nullable FlowPrediction prediction) {
    return switch (prediction) {
      case FLOW_PREDICTION_ANGULAR_STEP -> "; of the three estimates the angular step's fails";
      case FLOW_PREDICTION_SHARPNESS_DECAY -> "; of the three estimates the decay's fails";
      case FLOW_PREDICTION_DIRECT -> "; of the three estimates the direct one fails";
      case null, default -> "";
    };
  }

  static String catapult(Signals signals, double normFactor, long step) {
    String words =
        text("thrown off the edge: squared weight norm at %.2f times its latest low", normFactor);
    return words
        + (signals.ratio().known() ? text(", stability ratio %s", ratio(signals)) : "")
        + text(" at step %d", step)
        + doubts(signals);
  }

  private static String ratio(Signals signals) {
    RatioWitness witness = signals.ratio();
    return text(
        "%s (%s)",
        Uncertain.text(witness.mean(), witness.standardError()), witness.source().words());
  }

  private static String doubts(Signals signals) {
    return ledger(signals) + eigenvector(signals);
  }

  private static String eigenvector(Signals signals) {
    return signals.lost() < 0
        ? ""
        : text(
            "; up to step %d the eigenvector that the producer followed was not the top one, and"
                + " missed %.1f %% of sharpness",
            signals.lost(), 100 * signals.lostShare());
  }

  private static String ledger(Signals signals) {
    LedgerWitness ledger = signals.ledger();
    return switch (ledger.invariance()) {
      case NEVER -> "; the loss is not scale-invariant, says the producer";
      case LOST ->
          "; the loss is not scale-invariant"
              + text(
                  " since step %d (norm ledger off by %s)",
                  ledger.since(), text("%.1e", ledger.brokenError()));
      case UNKNOWN, HOLDS ->
          ledger.broken() < 0
              ? ""
              : text(
                  "; the norm ledger last broke at step %d (relative error %s)",
                  ledger.broken(), text("%.1e", ledger.brokenError()));
    };
  }

  private static String number(double value) {
    return text("%.3f", value);
  }

  /** With a true minus sign. */
  @FormatMethod
  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments).replace("-", "−");
  }
}
