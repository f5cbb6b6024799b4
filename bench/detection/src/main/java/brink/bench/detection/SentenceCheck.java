package brink.bench.detection;

import brink.monitor.regime.RegimeDetector;
import brink.v1.Evidence;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the sentences of a run's regime changes are true by their own numbers: what a reader can
 * check who has the sentence and its evidence and nothing else. It knows the sentences by their
 * words and shares no threshold with the detector.
 */
final class SentenceCheck {
  private static final String NUMBER = "(−?[0-9.]+(?:e[−+]?[0-9]+)?)";
  private static final String WITH_ERROR = NUMBER + " ± (<?[0-9.e−]+)";
  private static final Pattern RATIO =
      Pattern.compile("stability ratio (?:reached )?" + WITH_ERROR);
  private static final Pattern COSINE = Pattern.compile("\\(cosine " + NUMBER + "\\)");
  private static final Pattern THROW = Pattern.compile("of " + NUMBER + " times its latest low");
  private static final Pattern THROWN = Pattern.compile("norm is " + NUMBER + " times its latest");
  private static final Pattern ALONG = Pattern.compile("but " + WITH_ERROR + " along the moves");
  private static final Pattern SILENT =
      Pattern.compile("silently at step (\\d+) and the oscillation came (\\d+) steps later");
  private static final Pattern REACHED =
      Pattern.compile("(?:reached .*?|rose to the edge's level) at step (\\d+)");
  private static final Pattern AT_STEP = Pattern.compile("(?:at|up to) step (\\d+)");
  private static final Pattern TRIAL =
      Pattern.compile(
          NUMBER
              + "(?: per unit of flow time)?, and the flow predicts "
              + WITH_ERROR
              + ".*?\\(p = "
              + NUMBER);
  private static final Pattern REST =
      Pattern.compile("changed by " + WITH_ERROR + ", and stayed within " + NUMBER);

  /** Largest change, and range, of log λ₁ of which "at rest" may be said. */
  private static final double REST_LIMIT = 0.05;

  /** Least s of which it may be said that deep networks keep it at their edge. */
  private static final double NEAR = 0.9;

  /** Least p-value of tests that are said to agree. */
  private static final double AGREEMENT = 0.05;

  /** Two-sided, of three standard errors. */
  private static final double DOUBT = 0.0027;

  private static final double ERRORS = 2;

  /** Of one of two tests whose joint p-value is {@link #AGREEMENT} where the other fits exactly. */
  private static final double AGREE_ERRORS = 2.7;

  private final List<String> objections = new ArrayList<>();
  private long left = -1;

  private SentenceCheck() {}

  /** What is untrue, one line each, with the sentence. */
  static List<String> objections(List<RegimeChanged> changes) {
    SentenceCheck check = new SentenceCheck();
    changes.forEach(check::check);
    return List.copyOf(check.objections);
  }

  private void check(RegimeChanged change) {
    String sentence = change.getEvidence().getSentence();
    Evidence evidence = change.getEvidence();
    if (evidence.hasStabilityRatio()) {
      holds(change, RATIO, s -> rounds(s, evidence.getStabilityRatio()), "s is its evidence's");
    }
    if (evidence.hasGradientCosine()) {
      holds(change, COSINE, c -> rounds(c, evidence.getGradientCosine()), "so is the cosine");
    }
    boolean atEdge = RegimeDetector.isAtEdge(change.getFrom());
    switch (change.getTo()) {
      case REGIME_EDGE -> {
        if (atEdge) {
          back(change, sentence);
        } else {
          entry(change, sentence);
        }
      }
      case REGIME_STABLE -> stable(change, sentence);
      case REGIME_FLOWING -> flowing(change, sentence);
      case REGIME_SETTLED -> settled(change, sentence);
      case REGIME_CATAPULT -> catapult(change, sentence);
      default -> {}
    }
    if (atEdge && !RegimeDetector.isAtEdge(change.getTo())) {
      left = change.getDetectedAtStep();
    }
  }

  private void entry(RegimeChanged change, String sentence) {
    Evidence evidence = change.getEvidence();
    require(change, change.getOnsetStep() > left, "the onset is after the last exit");
    require(
        change,
        change.getOnsetLow() <= change.getOnsetStep()
            && change.getOnsetStep() <= change.getOnsetHigh()
            && change.getOnsetHigh() <= change.getDetectedAtStep(),
        "the onset lies in its interval");
    number(change, REACHED, step -> step == change.getOnsetStep(), "its step is the onset");
    if (evidence.hasGradientCosine()) {
      number(change, COSINE, cosine -> cosine < 0, "alternating gradients have a cosine below 0");
    }
    Matcher silent = SILENT.matcher(sentence);
    if (silent.find()) {
      long onset = Long.parseLong(silent.group(1)) + Long.parseLong(silent.group(2));
      require(change, onset == change.getOnsetStep(), "crossing and delay give the onset");
    }
    if (evidence.hasStabilityRatio()) {
      double s = evidence.getStabilityRatio();
      boolean atOne = Math.abs(s - 1) <= ERRORS * evidence.getStabilityRatioError();
      require(change, atOne || explained(s, sentence), "s is 1 within two errors, or it says why");
    }
  }

  private static boolean explained(double s, String sentence) {
    if (sentence.contains(", above 1, where an oscillation grows")) {
      return s > 1;
    }
    if (sentence.contains(", below 1 by no more than deep networks keep")) {
      return s < 1 && s >= NEAR;
    }
    Matcher along = ALONG.matcher(sentence);
    if (along.find()) {
      double moved = value(along.group(1));
      return moved > s && moved >= NEAR;
    }
    Matcher thrown = THROW.matcher(sentence);
    return thrown.find() && value(thrown.group(1)) > 1;
  }

  private void back(RegimeChanged change, String sentence) {
    if (change.getFrom() == Regime.REGIME_FLOWING && sentence.contains("against the flow")) {
      number(change, TRIAL, 4, p -> p <= DOUBT, "the test that fails has a small p-value");
    }
    if (change.getFrom() == Regime.REGIME_SETTLED && sentence.contains("moves again")) {
      Pattern range = Pattern.compile("ranged over " + NUMBER);
      number(change, range, r -> r >= REST_LIMIT, "what moves has a range above that of rest");
    }
  }

  private void stable(RegimeChanged change, String sentence) {
    if (sentence.contains("cannot show the edge")) {
      return;
    }
    number(change, AT_STEP, step -> step == change.getDetectedAtStep(), "its step is the last one");
    if (sentence.startsWith("stability ratio")) {
      boolean above = sentence.contains(", above 1, but no oscillation");
      number(change, RATIO, s -> s <= 1 || above, "a stable run is below 1, or it says so");
    }
    Evidence evidence = change.getEvidence();
    if (sentence.contains("is not known yet")) {
      double least = evidence.getStabilityRatio() - ERRORS * evidence.getStabilityRatioError();
      require(change, least < 1, "s may be below 1");
    }
    if (evidence.hasGradientCosine()) {
      require(change, evidence.getGradientCosine() > -0.8, "no oscillation, by the cosine");
    }
  }

  private void flowing(RegimeChanged change, String sentence) {
    Matcher trial = TRIAL.matcher(sentence);
    if (!trial.find()) {
      objections.add(change.getDetectedAtStep() + ": FLOWING without a test: " + sentence);
      return;
    }
    double measured = value(trial.group(1));
    double predicted = value(trial.group(2));
    double error = value(trial.group(3));
    require(
        change,
        Math.abs(measured - predicted) <= AGREE_ERRORS * error + 1e-3 * Math.abs(predicted),
        "measured and predicted agree by the printed error");
    require(change, value(trial.group(4)) >= AGREEMENT, "its p-value is no small one");
  }

  private void settled(RegimeChanged change, String sentence) {
    Matcher rest = REST.matcher(sentence);
    require(
        change,
        rest.find()
            && Math.abs(value(rest.group(1))) < REST_LIMIT + 1e-3
            && value(rest.group(3)) < REST_LIMIT + 1e-3,
        "rest is within 5 %");
  }

  private void catapult(RegimeChanged change, String sentence) {
    if (!change.getEvidence().hasNormLedgerError() && !THROWN.matcher(sentence).find()) {
      return;
    }
    number(change, THROWN, factor -> factor >= 1.4, "the norm has risen by 40 %");
    require(change, change.getOnsetStep() <= change.getDetectedAtStep(), "the throw began before");
  }

  /** Where a sentence has such a number it must be so. */
  private void holds(RegimeChanged change, Pattern pattern, DoublePredicate is, String claim) {
    Matcher matcher = pattern.matcher(change.getEvidence().getSentence());
    if (matcher.find()) {
      require(change, is.test(value(matcher.group(1))), claim);
    }
  }

  /** A sentence must have such a number, and it must be so. */
  private void number(RegimeChanged change, Pattern pattern, DoublePredicate is, String claim) {
    number(change, pattern, 1, is, claim);
  }

  private void number(
      RegimeChanged change, Pattern pattern, int group, DoublePredicate is, String claim) {
    Matcher matcher = pattern.matcher(change.getEvidence().getSentence());
    require(change, matcher.find() && is.test(value(matcher.group(group))), claim);
  }

  private void require(RegimeChanged change, boolean holds, String claim) {
    if (!holds) {
      objections.add(
          "%s → %s at step %d, not so that %s: %s"
              .formatted(
                  name(change.getFrom()),
                  name(change.getTo()),
                  change.getDetectedAtStep(),
                  claim,
                  change.getEvidence().getSentence()));
    }
  }

  private static String name(Regime regime) {
    return regime.name().replace("REGIME_", "");
  }

  /** Whether a printed number, of two decimals or more, is this one. */
  private static boolean rounds(double printed, double number) {
    return Math.abs(printed - number) <= 0.0051;
  }

  private static double value(String text) {
    return text.startsWith("<") ? 0 : Double.parseDouble(text.replace('−', '-'));
  }
}
