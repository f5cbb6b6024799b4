package brink.monitor.report;

import brink.monitor.regime.RegimeDetector;
import brink.monitor.text.RadialSentence;
import brink.monitor.text.Uncertain;
import brink.v1.Estimate;
import brink.v1.FlowFitted;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.Sharpness;
import brink.v1.SharpnessPoint;
import brink.v1.StepObserved;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a run showed of the Edge of Stability, in lines for people.
 *
 * @param steps all steps, in order
 * @param changes all regime changes, in order
 * @param fits all states of the flow, in order
 * @param momentum β of the run
 */
public record RunReport(
    List<StepObserved> steps, List<RegimeChanged> changes, List<FlowFitted> fits, double momentum) {
  /** Share of the run, at its end, that counts as the settled edge: flow transients are over. */
  private static final double SETTLED_SHARE = 0.1;

  /** The summary, a line each. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    scaleInvarianceLost().ifPresent(step -> lines.add("invariance   " + lost(step)));
    radialDecay().ifPresent(decay -> lines.add("invariance   " + nearly(decay)));
    Optional<RegimeChanged> entry = edgeEntry();
    if (entry.isEmpty()) {
      lines.add("edge         " + unseen());
      RatioOutsideEdge.of(steps, momentum)
          .ifPresent(ratio -> lines.add(ratioName() + describe(ratio)));
      lines.addAll(PredictedFlows.lines(steps));
      return lines;
    }
    lines.add("edge         " + onset(entry.get()) + repeated());
    edgePairs().ifPresent(pairs -> lines.add("η̃λ₁ at edge  " + describe(pairs)));
    sharpnessChange().ifPresent(change -> lines.add("sharpness    " + describe(change)));
    TestedFlow.of(fits, changes).ifPresent(flow -> lines.add("flow         " + flow.sentence()));
    lines.add("G² 3 ways    " + agreement());
    for (double horizon : new double[] {0.5, 1.0}) {
      ForecastScore.of(fits, horizon)
          .ifPresent(score -> lines.add("forecast     " + describe(score)));
    }
    lines.addAll(PredictedFlows.lines(steps));
    return lines;
  }

  /** First step without scale invariance, by the newest verdict or fit. */
  private Optional<Long> scaleInvarianceLost() {
    Optional<RegimeChanged> change = changes.stream().reduce((earlier, later) -> later);
    Optional<FlowFitted> fit = fits.stream().reduce((earlier, later) -> later);
    long changed = change.map(RegimeChanged::getDetectedAtStep).orElse(-1L);
    if (fit.isPresent() && fit.get().getStep() > changed) {
      return fit.filter(FlowFitted::hasScaleInvarianceLostAtStep)
          .map(FlowFitted::getScaleInvarianceLostAtStep);
    }
    return change
        .filter(RegimeChanged::hasScaleInvarianceLostAtStep)
        .map(RegimeChanged::getScaleInvarianceLostAtStep);
  }

  /** What the part of the gradient along the weights adds to weight decay, by the newest fit. */
  private Optional<Estimate> radialDecay() {
    return fits.stream()
        .filter(FlowFitted::hasRadialDecay)
        .map(FlowFitted::getRadialDecay)
        .reduce((earlier, later) -> later);
  }

  private static String nearly(Estimate decay) {
    return "the loss is nearly scale-invariant: along the weights the gradient "
        + RadialSentence.of(decay.getValue(), decay.getStandardError())
        + ", which verdicts and fits allow for";
  }

  private static String lost(long step) {
    return String.format(
        Locale.ROOT,
        "the loss is not scale-invariant%s: what is said of edge and flow is an approximation"
            + " at best",
        step == 0 ? "" : String.format(Locale.ROOT, " since step %,d", step));
  }

  private String unseen() {
    if (!steps.isEmpty() && steps.stream().noneMatch(RunReport::showsOscillation)) {
      return "not known: the stream has neither gradient cosine nor sharpness, which show it;"
          + " publish gradient_cosine at least";
    }
    return "not reached within " + steps.size() + " steps";
  }

  private static boolean showsOscillation(StepObserved step) {
    return step.hasGradientCosine()
        || step.hasDirectionalCurvature()
        || step.getSharpnessList().stream()
            .anyMatch(
                sharpness -> sharpness.getPoint() != SharpnessPoint.SHARPNESS_POINT_UNSPECIFIED);
  }

  private String ratioName() {
    return momentum == 0 ? "s = η̃λ₁/2     " : "s = η̃λ₁/(2(1 + β)) ";
  }

  /** First entry to the edge. */
  public Optional<RegimeChanged> edgeEntry() {
    return changes.stream().filter(change -> change.getTo() == Regime.REGIME_EDGE).findFirst();
  }

  private String repeated() {
    long entries =
        changes.stream()
            .filter(change -> change.getTo() == Regime.REGIME_EDGE)
            .map(RegimeChanged::getEpisode)
            .distinct()
            .count();
    long thrown =
        changes.stream().filter(change -> change.getTo() == Regime.REGIME_CATAPULT).count();
    return entries < 2 && thrown == 0
        ? ""
        : String.format(Locale.ROOT, "; episodes: %d, catapults: %d", entries, thrown);
  }

  /**
   * Pair means of η̃·λ₁ at the end of the run, as far as it was at the edge there, at the iterates
   * if measured there.
   */
  public Optional<EdgePairs> edgePairs() {
    int size = (int) (steps.size() * SETTLED_SHARE);
    List<StepObserved> last =
        steps.subList(steps.size() - size, steps.size()).stream()
            .filter(step -> isAtEdge(step.getStep()))
            .toList();
    return EdgePairs.of(last, SharpnessPoint.SHARPNESS_POINT_ITERATE)
        .or(() -> EdgePairs.of(last, SharpnessPoint.SHARPNESS_POINT_MIDPOINT));
  }

  private boolean isAtEdge(long step) {
    Regime regime = Regime.REGIME_STARTING;
    for (RegimeChanged change : changes) {
      if (change.getDetectedAtStep() <= step && change.getTo() != Regime.REGIME_ENDED) {
        regime = change.getTo();
      }
    }
    return RegimeDetector.isAtEdge(regime);
  }

  private static String onset(RegimeChanged entry) {
    String onset = "entered";
    if (entry.hasOnsetStep()) {
      onset += String.format(Locale.ROOT, " at step %,d", entry.getOnsetStep());
    }
    if (entry.hasOnsetLow() && entry.hasOnsetHigh()) {
      onset +=
          String.format(
              Locale.ROOT, " (95 %%: %,d to %,d)", entry.getOnsetLow(), entry.getOnsetHigh());
    }
    return onset + String.format(Locale.ROOT, ", detected at %,d", entry.getDetectedAtStep());
  }

  private String describe(EdgePairs pairs) {
    return String.format(
        Locale.ROOT,
        "%s (mean of adjacent pairs at the %s, last %,d pairs; theory: %s)",
        Uncertain.text(pairs.mean(), pairs.standardDeviation()),
        pairs.point() == SharpnessPoint.SHARPNESS_POINT_ITERATE ? "iterates" : "midpoints",
        pairs.pairs(),
        (momentum == 0 ? "2" : "2(1 + β) = " + 2 * (1 + momentum)) + nextOrder());
  }

  /** What theory leaves open, since its leading order is all that it gives. */
  private String nextOrder() {
    StepObserved last = steps.getLast();
    double rate = last.getLearningRate() * last.getWeightDecay();
    return rate == 0 ? "" : String.format(Locale.ROOT, " + O(η_in), η_in = %.1e", rate);
  }

  /**
   * Sharpness at the two ends of the edge.
   *
   * @param entry λ₁ at the first step of the edge that has it
   * @param end λ₁ at the last step that has it
   */
  public record SharpnessChange(double entry, double end) {}

  /** How sharpness changed since the first entry to the edge; empty where it was not measured. */
  public Optional<SharpnessChange> sharpnessChange() {
    return edgeEntry()
        .flatMap(
            entry -> {
              long onset = entry.hasOnsetStep() ? entry.getOnsetStep() : entry.getDetectedAtStep();
              List<Double> measured =
                  steps.stream()
                      .filter(step -> step.getStep() >= onset)
                      .map(RunReport::sharpness)
                      .flatMap(Optional::stream)
                      .toList();
              return measured.isEmpty()
                  ? Optional.empty()
                  : Optional.of(new SharpnessChange(measured.getFirst(), measured.getLast()));
            });
  }

  private static String describe(SharpnessChange change) {
    return String.format(
        Locale.ROOT,
        "%.4g at entry, %.4g at the end (%.2f times)",
        change.entry(),
        change.end(),
        change.end() / change.entry());
  }

  private String agreement() {
    return GradientAgreement.of(fits)
        .map(
            agreement ->
                String.format(
                    Locale.ROOT,
                    "differ by %.1f %% at most, %.1f %% in the median, over %d fits with G² > %.1f"
                        + " and errors below %.0f %%%s",
                    100 * agreement.worst(),
                    100 * agreement.median(),
                    agreement.fits(),
                    GradientAgreement.SMALLEST,
                    100 * GradientAgreement.LARGEST_ERROR,
                    probability(agreement)))
        .orElse(
            String.format(
                Locale.ROOT,
                "no fit had all three with errors below %.0f %% while G² > %.1f",
                100 * GradientAgreement.LARGEST_ERROR,
                GradientAgreement.SMALLEST));
  }

  private static String probability(GradientAgreement agreement) {
    return Double.isNaN(agreement.probability())
        ? ""
        : String.format(
            Locale.ROOT, "; p-value of the flow %.2f in the median", agreement.probability());
  }

  private String advice() {
    if (scaleInvarianceLost().isPresent()) {
      return "without scale invariance weight decay need not drive it to the edge";
    }
    return steps.getLast().getWeightDecay() == 0
        ? "without weight decay nothing drives it to the edge"
        : "more steps or a larger weight decay bring it to the edge";
  }

  private String describe(RatioOutsideEdge ratio) {
    return ratio.above() == 0
        ? String.format(Locale.ROOT, "%.3f at the end, never above 1; %s", ratio.last(), advice())
        : String.format(
            Locale.ROOT,
            "above 1 at %,d of %,d measured steps, first at step %,d, but without the lasting"
                + " oscillation of the edge; %.3f at the end",
            ratio.above(),
            ratio.measured(),
            ratio.firstAbove(),
            ratio.last());
  }

  private static String describe(ForecastScore score) {
    return String.format(
        Locale.ROOT,
        "%.1f units of flow time ahead: off by %.1f %% (median; worst %.1f %%) over %d forecasts;"
            + " \"stays as it is\": %.1f %%",
        score.horizon(),
        100 * score.median(),
        100 * score.worst(),
        score.forecasts(),
        100 * score.medianUnchanged());
  }

  /** λ₁, at the midpoint if measured there. */
  private static Optional<Double> sharpness(StepObserved step) {
    return step.getSharpnessList().stream()
        .filter(sharpness -> sharpness.getEigenvaluesCount() > 0)
        .max(Comparator.comparing(Sharpness::getPoint))
        .map(sharpness -> sharpness.getEigenvalues(0));
  }
}
