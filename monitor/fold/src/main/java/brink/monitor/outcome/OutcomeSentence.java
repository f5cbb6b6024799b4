package brink.monitor.outcome;

import brink.monitor.regime.ScaleInvariance;
import brink.v1.Regime;
import com.google.errorprone.annotations.FormatMethod;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The outcome of a run as one sentence for people. */
public final class OutcomeSentence {
  /** Share by which s has to be above 1 for more than one eigenvalue to be its reason. */
  private static final double NOTEWORTHY = 0.02;

  private static final String[] NUMBERS = {
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"
  };

  private OutcomeSentence() {}

  /**
   * For example {@code entered the edge at step 1,537 (95 %: 1,500 to 1,560); the flow was not
   * tested; s = 1.003 at step 7,999}.
   */
  public static String of(RunOutcome outcome) {
    Unknown unknown = outcome.unknown();
    if (unknown != null) {
      return "whether it reached the edge is not known: "
          + unknown.why()
          + diverged(outcome)
          + ratio(outcome);
    }
    if (!outcome.reachedEdge()) {
      return (outcome.over() ? "did not reach the edge" : "has not reached the edge so far")
          + diverged(outcome)
          + ratio(outcome)
          + invariance(outcome);
    }
    return entry(outcome.edge())
        + again(outcome)
        + present(outcome)
        + flow(outcome)
        + ratio(outcome)
        + invariance(outcome);
  }

  private static String entry(@Nullable EdgeEntry edge) {
    if (edge == null) {
      return "went beyond the edge without a stay at it";
    }
    String interval =
        edge.low() != null && edge.high() != null
            ? text(" (95 %%: %,d to %,d)", edge.low(), edge.high())
            : "";
    return text("entered the edge at step %,d", edge.best()) + interval;
  }

  private static String again(RunOutcome outcome) {
    String episodes =
        outcome.episodes() > 1 ? text(", %s times in all", number(outcome.episodes())) : "";
    return outcome.catapults() == 0
        ? episodes
        : episodes
            + (outcome.catapults() == 1
                ? ", and was thrown off it once"
                : text(", and was thrown off it %s times", number(outcome.catapults())));
  }

  private static String present(RunOutcome outcome) {
    return switch (outcome.present()) {
      case REGIME_STABLE -> outcome.over() ? "; it ended below it" : "; it is below it now";
      case REGIME_CATAPULT -> outcome.over() ? "; it ended in a catapult" : "; it is in a catapult";
      case REGIME_CHAOTIC -> "; it is irregular, beyond the edge";
      case REGIME_SETTLED -> "; sharpness came to rest there";
      case REGIME_DIVERGED -> "; it diverged";
      default -> "";
    };
  }

  private static String diverged(RunOutcome outcome) {
    return outcome.present() == Regime.REGIME_DIVERGED ? "; it diverged" : "";
  }

  private static String flow(RunOutcome outcome) {
    FlowTests tests = outcome.flow();
    return switch (outcome.flowAnswer()) {
      case NOT_TESTED -> "; the flow was not tested";
      case UNDECIDED ->
          text(
              "; tests of the flow did not tell whether it holds (agreed at %,d fits, failed at"
                  + " %,d, could not tell at %,d)",
              tests.agreed(), tests.failed(), tests.undecided());
      case HELD ->
          text(
              "; the flow was tested and held (agreed at %,d of %,d fits, failed at %,d)",
              tests.agreed(), tests.tested(), tests.failed());
      case FAILED ->
          text(
              "; the flow was tested and did not hold (failed at %,d of %,d fits)",
              tests.failed(), tests.tested());
    };
  }

  private static String ratio(RunOutcome outcome) {
    Reading ratio = outcome.ratio();
    if (ratio == null) {
      return "";
    }
    Integer eigenvalues = outcome.edgeEigenvalues();
    if (outcome.atEdge()
        && eigenvalues != null
        && eigenvalues > 1
        && ratio.value() > 1 + NOTEWORTHY) {
      return text(
          "; %s eigenvalues at the threshold, so s = %s by λ₁ alone is expected",
          number(eigenvalues), value(ratio));
    }
    return text("; s = %s at step %,d", value(ratio), ratio.step());
  }

  private static String value(Reading ratio) {
    double s = ratio.value();
    return Math.abs(s - 1) < 0.1 ? text("%.3f", s) : text("%.2f", s);
  }

  private static String invariance(RunOutcome outcome) {
    Long lost = outcome.invarianceLostAt();
    if (lost != null) {
      return lost == 0
          ? "; the loss is not scale-invariant"
          : text("; the loss is not scale-invariant since step %,d", lost);
    }
    return outcome.invariance() == ScaleInvariance.NEARLY
        ? "; the loss is nearly scale-invariant"
        : "";
  }

  private static String number(int count) {
    return count < NUMBERS.length ? NUMBERS[count] : text("%,d", count);
  }

  /** With a true minus sign. */
  @FormatMethod
  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments).replace("-", "−");
  }
}
