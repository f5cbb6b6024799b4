package brink.monitor.flow;

import brink.monitor.settings.Allowed;
import java.util.List;
import java.util.Locale;

/**
 * Settings of the flow's fit. Times are in units of flow time, the flow's own scale.
 *
 * @param cadence width of a bin and distance between two fits: a hundredth of the scale on which
 *     anything changes
 * @param localBins bins of the local fits: over 0.12 units the third derivative of log λ₁ that they
 *     leave out is below 1 % of the rate for κ up to 3
 * @param fewestBins bins that the closed form's three unknowns need at least; two local windows
 *     less the overlap
 * @param settling time after which bins are taken at the edge, in units of √η_in: the onset's burst
 *     rang for 300 steps at η_in = 2e-4, which is 4.2·√η_in
 * @param abruptChange relative change of η or λ_wd from one step to the next that throws the run
 *     off its flow; schedules change less
 * @param driftRate |d log η/dτ| per unit of flow time above which no flow is fitted: half of the
 *     rate at which the flow counts as one
 * @param theoryError standard error of a predicted rate that the leading order leaves, as a share
 *     of it and in units of η_in, the same all along a run: over kinds of problems, each of which
 *     has its own (1.4 in the root mean square over 30 seeds of linear regression, 2.2 on a smaller
 *     one, 15 on the golden run, 5 to 27 in matrix completion)
 * @param theoryLimit difference that contradicts nothing, however small its p-value, as a share of
 *     the rate or speed (and square of the angle between directions) and in units of η_in: the next
 *     order leaves other shares in other problems, up to 15 in linear regression and 27 in matrix
 *     completion
 * @param rateFloor rate below which a test need not tell one from another, per unit of flow time
 * @param decidedShare three standard errors of a test's difference must be below this share of the
 *     rate to say that they agree
 * @param doubt p-value below which a test fails: two-sided, of three standard errors
 * @param directReach flow time over which a directly measured G² holds: two bins of a fit's twelve
 *     would change it by less than 10 % for κ up to 2
 * @param directionSpans spans after which a test of the direction is out of date
 * @param heldDrift |d ln s/dτ| above which the edge is not held and there is nothing to fit: half
 *     of what s drifts by without any oscillation
 * @param shareFloor scatter of ⟨α²⟩/(2η_in) below which a transient is not looked for: the theory
 *     behind it is good to O(√η_in), below 1 % at η_in = 2e-4
 * @param shareNoise least scatter of ⟨α²⟩/(2η_in) that the closed form is fitted with: what pair
 *     means leave of the oscillation
 * @param kappa what κ is taken to be before the bins say anything: 2 where the flow is that of
 *     linear regression (docs/theory.md), 2 to 2.6 on networks with more weights than they need
 * @param kappaSpread its standard deviation from one run to another
 * @param modelError share of the forecast change of log λ₁ that the closed form is taken to get
 *     wrong until past forecasts say better: below 1 % was seen with one eigenvalue at the edge, 8
 *     to 10 % with two
 * @param pairOffset least error of a forecast of log λ₁ in units of η_in, where sharpness is
 *     measured
 * @param edgeOffset standard error, in units of η_in, of λ₁ = 2/η̃ where that stands in for
 *     measured sharpness: how far s is from 1 depends on the loss's higher derivatives; ln s was 2
 *     to 5 times η_in on linear regression, 6 to 17 with two eigenvalues at the edge, 20 to 100 on
 *     networks
 * @param levelRelaxation rate at which the present rate is taken to die down where λ₁ wanders more
 *     than it flows, per unit of flow time: on small perceptrons 4 to 8 forecast best
 * @param transientFactor scatter of the oldest local window over that of the newest beyond which
 *     the oldest bins are dropped: the swelling and dying after an onset, which takes from 0.01 to
 *     0.3 units of flow time; steady noise varies by less than 2 in 12 bins
 * @param horizons how far ahead the forecasts look
 * @param probability that a forecast's interval claims
 * @param quantile of the normal distribution that belongs to it
 */
public record FlowSettings(
    double cadence,
    int localBins,
    int fewestBins,
    double settling,
    double abruptChange,
    double driftRate,
    double theoryError,
    double theoryLimit,
    double rateFloor,
    double decidedShare,
    double doubt,
    double directReach,
    double directionSpans,
    double heldDrift,
    double shareFloor,
    double shareNoise,
    double kappa,
    double kappaSpread,
    double modelError,
    double pairOffset,
    double edgeOffset,
    double levelRelaxation,
    double transientFactor,
    List<Double> horizons,
    double probability,
    double quantile) {
  /** More than any run lasts: a million steps at η_in = 1e-3. */
  private static final double MOST_FLOW_TIME = 1000;

  /** A parabola leaves two of five values over, the least that a scatter can be told from. */
  private static final int LEAST_LOCAL_BINS = 5;

  /** Three unknowns, and one more bin to tell their errors. */
  private static final int LEAST_BINS = 4;

  /** A quantile that is given to three digits is of a probability that is right to as many. */
  private static final double ROUNDED_PROBABILITY = 1e-3;

  /** Refuses what no fit can work with. */
  public FlowSettings {
    Allowed.positiveUpTo("cadence", cadence, MOST_FLOW_TIME);
    Allowed.wholeBetween("localBins", localBins, LEAST_LOCAL_BINS, FlowHistory.CAPACITY);
    Allowed.wholeBetween("fewestBins", fewestBins, LEAST_BINS, FlowHistory.CAPACITY);
    Allowed.from("settling", settling, 0);
    Allowed.from("abruptChange", abruptChange, 0);
    Allowed.from("driftRate", driftRate, 0);
    Allowed.from("theoryError", theoryError, 0);
    Allowed.from("theoryLimit", theoryLimit, 0);
    Allowed.from("rateFloor", rateFloor, 0);
    Allowed.from("decidedShare", decidedShare, 0);
    Allowed.between("doubt", doubt, 0, 1);
    Allowed.from("directReach", directReach, 0);
    Allowed.from("directionSpans", directionSpans, 0);
    Allowed.from("heldDrift", heldDrift, 0);
    Allowed.positive("shareFloor", shareFloor);
    Allowed.positive("shareNoise", shareNoise);
    Allowed.positive("kappa", kappa);
    Allowed.positive("kappaSpread", kappaSpread);
    Allowed.from("modelError", modelError, 0);
    Allowed.positive("pairOffset", pairOffset);
    Allowed.positive("edgeOffset", edgeOffset);
    Allowed.positive("levelRelaxation", levelRelaxation);
    Allowed.from("transientFactor", transientFactor, 1);
    horizons = List.copyOf(horizons);
    Allowed.ascending("horizons", horizons, MOST_FLOW_TIME);
    Allowed.between("probability", probability, 0, 1);
    Allowed.positive("quantile", quantile);
    double covered = 1 - ChiSquare.survival(quantile * quantile, 1);
    if (Math.abs(covered - probability) > ROUNDED_PROBABILITY) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "probability is %s and flow.quantile %s, which belongs to %.4f; set both to go"
                  + " together",
              probability,
              quantile,
              covered));
    }
  }

  /** The settings that the reasons above speak of. */
  public static FlowSettings defaults() {
    return new FlowSettings(
        0.01,
        12,
        16,
        5,
        0.01,
        0.05,
        8,
        30,
        0.01,
        0.3,
        0.0027,
        0.05,
        2,
        1.0,
        2e-3,
        1e-4,
        2.3,
        0.5,
        0.07,
        0.05,
        30,
        6,
        3,
        List.of(0.5, 1.0, 2.0),
        0.8,
        1.2816);
  }
}
