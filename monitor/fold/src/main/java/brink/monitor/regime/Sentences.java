package brink.monitor.regime;

import brink.invariance.DeclaredInvariance;
import brink.monitor.flow.EdgeReading;
import brink.monitor.flow.FlowTrial;
import brink.monitor.flow.Rest;
import brink.monitor.geometry.RadialDecay;
import brink.monitor.geometry.Smoothed;
import brink.monitor.text.RadialSentence;
import brink.monitor.text.Uncertain;
import brink.v1.FlowTestKind;
import com.google.errorprone.annotations.FormatMethod;
import java.util.Locale;

/**
 * One sentence for people about each kind of verdict. Formats without a locale, so that replays
 * repeat them to the letter.
 */
final class Sentences {
  /** Share of a predicted rate from which on what the slope of the loss adds is said. */
  private static final double LEAST_SLOPE = 0.02;

  private Sentences() {}

  static String stable(Signals signals, long step) {
    if (!signals.witnesses().oscillationSeen()) {
      return "this stream cannot show the edge: it has neither gradient cosine nor sharpness;"
          + " publish gradient_cosine at least"
          + doubts(signals);
    }
    return calm(signals, step) + doubts(signals);
  }

  private static String calm(Signals signals, long step) {
    RatioWitness ratio = signals.ratio();
    if (!ratio.source().measured()) {
      return text("no oscillation up to step %d; sharpness not measured", step);
    }
    if (ratio.mean() < 1) {
      return text("stability ratio %s at step %d, no oscillation", ratio(signals), step);
    }
    return ratio.mean() - Threshold.ERRORS * ratio.standardError() < 1
        ? text(
            "no oscillation up to step %d; whether the stability ratio is below 1 is not known"
                + " yet: %s",
            step, ratio(signals))
        : text("stability ratio %s at step %d, above 1, but no oscillation", ratio(signals), step);
  }

  static String offTheSphere(Signals signals) {
    return "no verdicts about the edge from here on" + ledger(signals);
  }

  static String runaway(Signals signals, long step) {
    return text(
            "diverging: the squared weight norm is %.1e times its latest low at step %d",
            signals.norm().factor(), step)
        + ledger(signals);
  }

  static String edge(
      Signals signals, Crossing crossing, Onset onset, boolean silent, Threshold threshold) {
    String how = silent ? silently(crossing, onset) : "";
    return how
        + (signals.ratio().known()
            ? text("stability ratio reached %s at step %d", ratio(signals), onset.step())
                + reason(threshold, signals)
            : text("angular step rose to the edge's level at step %d", onset.step()))
        + (signals.cosine().known()
            ? text(", gradients alternate (cosine %s)", text("%.2f", signals.cosine().mean()))
            : ", gradient cosine not measured")
        + "; the flow is not tested yet"
        + doubts(signals);
  }

  private static String reason(Threshold threshold, Signals signals) {
    return switch (threshold) {
      case AT, BELOW -> "";
      case ABOVE -> ", above 1, where an oscillation grows";
      case THROWN ->
          text(
              ", thrown to a squared weight norm of %.2f times its latest low",
              signals.norm().factor());
      case ALONG_MOVES -> {
        Smoothed along = signals.witnesses().alongMove();
        yield text(
            ", but %s along the moves, which cross kinks that a Hessian does not see",
            Uncertain.text(along.mean(), along.standardError()));
      }
      case NEAR -> ", below 1 by no more than deep networks keep at their edge";
    };
  }

  private static String silently(Crossing crossing, Onset onset) {
    return text(
        "stability ratio crossed 1 silently at step %d and the oscillation came %d steps later: ",
        crossing.step(), onset.step() - crossing.step());
  }

  static String flowing(Signals signals, FlowTrial trial) {
    return trial(trial) + ": they agree; stability ratio " + ratio(signals);
  }

  static String settled(Signals signals, Rest rest) {
    return text(
        "sharpness is at rest: over the last %.2f units of flow time log sharpness changed by %s"
            + ", and stayed within %.3f; stability ratio %s; this claims no flow",
        rest.flowTime(),
        Uncertain.text(rest.rate() * rest.flowTime(), rest.rateError() * rest.flowTime()),
        rest.range(),
        ratio(signals));
  }

  static String unlikeFlow(EdgeReading fit, FlowTrial trial) {
    return "at the edge, but against the flow: " + trial(trial) + "; " + implied(fit);
  }

  static String untested(EdgeReading fit) {
    return "at the edge; "
        + implied(fit)
        + "; the flow is no longer tested: for 0.2 units of flow time there has been neither a"
        + " direct G² nor a test of the direction that says anything";
  }

  static String moving(EdgeReading fit) {
    String how =
        fit.rest() == null
            ? "sharpness is no longer measured"
            : text(
                "sharpness moves again: log sharpness ranged over %.3f in the last %.2f units of"
                    + " flow time",
                fit.rest().range(), fit.rest().flowTime());
    return how + "; " + implied(fit) + tested(fit);
  }

  private static String tested(EdgeReading fit) {
    FlowTrial trial = fit.speaking();
    return trial == null ? "; the flow was not tested" : "; " + trial(trial);
  }

  private static String implied(EdgeReading fit) {
    return "the ledger implies a rate of "
        + Uncertain.text(fit.implied(), fit.impliedError())
        + (fit.sharpnessMeasured()
            ? text(
                " and log sharpness changes by %s per unit of flow time",
                Uncertain.text(fit.measured(), fit.measuredError()))
            : " per unit of flow time, sharpness is not measured");
  }

  private static String trial(FlowTrial trial) {
    String measured = text("%.4g", trial.measured());
    String predicted =
        text(
            "and the flow predicts %s ± %s",
            text("%.4g", trial.predicted()), text("%.2g", trial.error()));
    String chance =
        text(" (p = %.2g over %.2f units of flow time)", trial.probability(), trial.flowTime());
    return trial.kind() == FlowTestKind.FLOW_TEST_KIND_DIRECTION
        ? "training's speed in the predicted direction on Γ is "
            + measured
            + ", "
            + predicted
            + text(", the cosine of the two is %s", cosine(trial))
            + chance
        : "log sharpness changes by "
            + measured
            + " per unit of flow time, "
            + predicted
            + " from the measured G²"
            + slope(trial)
            + chance;
  }

  // Said from where it is more than the rounding of what is printed.
  private static String slope(FlowTrial trial) {
    return Math.abs(trial.bySlope()) >= LEAST_SLOPE * Math.abs(trial.predicted())
        ? text(", of which %+.2g comes from the slope of the loss", trial.bySlope())
        : "";
  }

  // An error that is smaller than what is left of 1 shows as much of it.
  private static String cosine(FlowTrial trial) {
    return text("%.6f ± %.1g", trial.cosine(), trial.cosineError());
  }

  static String catapult(Signals signals, double normFactor, long step) {
    String words =
        text(
            "thrown off the edge: the squared weight norm is %.2f times its latest low",
            normFactor);
    return words
        + (signals.ratio().known() ? text(", stability ratio %s", ratio(signals)) : "")
        + text(" at step %d", step)
        + doubts(signals);
  }

  static String lastingChaos(Signals signals, Turbulence turbulence, int samples) {
    return "beyond the edge and irregular: "
        + beyond(turbulence)
        + text(", and neither calm nor an edge in %d steps", samples)
        + alternating(signals)
        + doubts(signals);
  }

  static String frequentThrows(
      Signals signals, Turbulence turbulence, double spacing, double normFactor) {
    return text(
            "beyond the edge and irregular: lately thrown off it once in %.0f steps, the squared"
                + " weight norm is %.2f times its latest low; ",
            spacing, normFactor)
        + beyond(turbulence)
        + doubts(signals);
  }

  private static String beyond(Turbulence turbulence) {
    return text(
        "stability ratio above 1 in %.0f %% of the last %d measured steps, %s in the mean",
        100 * turbulence.above().mean(),
        turbulence.above().count(),
        text("%.2f", turbulence.ratio().mean()));
  }

  private static String alternating(Signals signals) {
    return signals.cosine().known()
        ? text("; cosine of consecutive gradients %s", text("%.2f", signals.cosine().mean()))
        : "";
  }

  private static String ratio(Signals signals) {
    RatioWitness witness = signals.ratio();
    return text(
        "%s (%s)",
        Uncertain.text(witness.mean(), witness.standardError()), witness.source().words());
  }

  private static String doubts(Signals signals) {
    return ledger(signals) + eigenvector(signals) + sharpness(signals) + stream(signals);
  }

  /** A cosine of gradients below which they are parallel, so that what they say is along v₁. */
  private static final double PARALLEL = -0.9;

  /** Share by which sharpness and the gradients differ that neither noise nor phase explains. */
  private static final double CONTRADICTION = 0.1;

  private static String sharpness(Signals signals) {
    RatioWitness ratio = signals.ratio();
    Smoothed along = signals.witnesses().alongMove();
    if (!ratio.source().measured()) {
      return "";
    }
    if (ratio.mean() < 0) {
      return "; sharpness is negative, which the largest eigenvalue is not at a minimum: check"
          + " which one the producer publishes";
    }
    boolean parallel = signals.cosine().known() && signals.cosine().mean() < PARALLEL;
    double error = Math.hypot(ratio.standardError(), along.standardError());
    double missing = along.mean() - ratio.mean();
    if (!parallel || !along.known() || missing < CONTRADICTION * along.mean() + 3 * error) {
      return "";
    }
    String gradients =
        text("; by the gradients it is %s along the same steps", number(along.mean()));
    double factor = along.mean() / ratio.mean();
    double normSquared = StrictMath.exp(signals.norm().logNorm());
    return Math.abs(factor / normSquared - 1) < CONTRADICTION
        ? gradients
            + text(
                ", %.2f times as much, which is ‖w‖²: sharpness seems to be that of ∇²L(w) and not"
                    + " of the sphere, where λ₁ is ‖w‖² times as large",
                factor)
        : gradients
            + ": a loss with kinks, or sharpness that is not that of the sphere (‖w‖² times that of"
            + " ∇²L(w))";
  }

  private static String stream(Signals signals) {
    String point =
        signals.witnesses().withoutPoint() < 0
            ? ""
            : text(
                "; sharpness without a point, first at step %d, is not used: set it to ITERATE or"
                    + " MIDPOINT",
                signals.witnesses().withoutPoint());
    String norms =
        signals.ledger().coarse() < 0
            ? ""
            : text(
                "; norms are rounded to single precision since step %d, though the producer"
                    + " declares a finer one: the ledger is read to single precision",
                signals.ledger().coarse());
    return point + norms;
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
      case NEVER -> "; the loss is " + declared(DeclaredInvariance.NONE, ledger);
      case NEARLY ->
          "; the loss is " + declared(DeclaredInvariance.NEARLY, ledger) + radial(ledger);
      case LOST -> {
        String since =
            text(
                " since step %d (norm ledger off by %s)",
                ledger.since(), text("%.1e", ledger.brokenError()));
        yield signals.witnesses().movesOtherwise()
            ? "; the steps are not those of gradient descent"
                + since
                + ": momentum or another update rule that the producer did not declare"
            : "; the loss is not scale-invariant"
                + since
                + ", or the producer did not declare momentum or another update rule";
      }
      case UNKNOWN, HOLDS ->
          ledger.broken() < 0
              ? ""
              : text(
                  "; the norm ledger last broke at step %d (relative error %s)",
                  ledger.broken(), text("%.1e", ledger.brokenError()));
    };
  }

  private static String declared(DeclaredInvariance declared, LedgerWitness ledger) {
    return declared.words(ledger.radial().declaredError());
  }

  private static String radial(LedgerWitness ledger) {
    RadialDecay radial = ledger.radial().decay();
    return radial.known()
        ? ": along the weights the gradient "
            + RadialSentence.of(radial.share(), radial.error())
            + text(
                ", which verdicts allow for; s at the edge changes by the order of %s",
                text("%.0e", radial.ratioShift()))
        : "";
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
