package brink.monitor.cli;

import brink.monitor.text.Printable;
import brink.v1.Regime;
import brink.v1.RegimeChanged;

/** A regime change as a sentence for people. */
public final class RegimeSentence {
  private RegimeSentence() {}

  /** For example {@code step 3412: STABLE → EDGE, onset at step 3350 (3338 to 3361); evidence}. */
  public static String of(RegimeChanged change) {
    StringBuilder text = new StringBuilder();
    text.append("step ").append(change.getDetectedAtStep()).append(": ");
    text.append(name(change.getFrom())).append(" → ").append(name(change.getTo()));
    if (change.hasOnsetStep() && change.getOnsetStep() != change.getDetectedAtStep()) {
      text.append(", onset at step ").append(change.getOnsetStep());
      if (change.hasOnsetLow() && change.hasOnsetHigh()) {
        text.append(" (%d to %d)".formatted(change.getOnsetLow(), change.getOnsetHigh()));
      }
    }
    String evidence = change.getEvidence().getSentence();
    return Printable.of(
        evidence.isEmpty() ? text.toString() : text.append("; ").append(evidence).toString());
  }

  /** The regime without the prefix of the wire format. */
  public static String name(Regime regime) {
    return regime.name().replace("REGIME_", "");
  }
}
