package brink.monitor.outcome;

import brink.monitor.regime.RegimeDetector;
import brink.monitor.regime.ScaleInvariance;
import brink.v1.Evidence;
import brink.v1.FlowFitted;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.RunStarted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a run at the edge: a fold over its start, its regime changes and its fits of the
 * flow, each in the order of its topic. The three may be mixed in any way.
 *
 * @param present the last regime that says something of the edge: not STALLED, not ENDED;
 *     UNSPECIFIED before any verdict
 * @param furthest how far it came, in the order STARTING, STABLE, EDGE, CHAOTIC, FLOWING, SETTLED;
 *     a catapult comes from the edge
 * @param over whether the verdict is that the run has ended
 * @param episodes stays at the edge
 * @param catapults times that it was thrown off
 * @param chaotic times that it became irregular beyond the edge
 * @param edge its first entry; null before one
 * @param ratio the stability ratio of the newest verdict or step that has it; null for none
 * @param sharpness λ₁ of the newest fit or step that has it; null for none
 * @param edgeEigenvalues eigenvalues at the threshold at the newest fit; null where it does not say
 * @param flow what the tests of the flow said
 * @param flowed whether it was ever FLOWING
 * @param blind whether the newest verdict says that the stream cannot show the edge
 * @param invariance what the producer declares of scale invariance
 * @param invarianceLostAt first step without scale invariance, by the newest verdict; null while it
 *     holds
 * @param lastChange step of the newest change; −1 before any
 * @param lastFit step of the newest fit; −1 before any
 */
public record RunOutcome(
    Regime present,
    Regime furthest,
    boolean over,
    int episodes,
    int catapults,
    int chaotic,
    @Nullable EdgeEntry edge,
    @Nullable Reading ratio,
    @Nullable Reading sharpness,
    @Nullable Integer edgeEigenvalues,
    FlowTests flow,
    boolean flowed,
    boolean blind,
    ScaleInvariance invariance,
    @Nullable Long invarianceLostAt,
    long lastChange,
    long lastFit) {
  /** Of a run of which nothing was seen. */
  public static final RunOutcome NONE = none(ScaleInvariance.UNKNOWN);

  private static RunOutcome none(ScaleInvariance declared) {
    return new Draft(declared).outcome();
  }

  /** Of a whole run. */
  public static RunOutcome of(
      RunStarted started, List<RegimeChanged> changes, List<FlowFitted> fits) {
    RunOutcome outcome = NONE.with(started);
    for (FlowFitted fit : fits) {
      outcome = outcome.with(fit);
    }
    for (RegimeChanged change : changes) {
      outcome = outcome.with(change);
    }
    return outcome;
  }

  /** With its start. */
  public RunOutcome with(RunStarted started) {
    Draft next = new Draft(this);
    next.invariance = ScaleInvariance.declared(started);
    return next.outcome();
  }

  /** With one more regime change. */
  public RunOutcome with(RegimeChanged change) {
    Regime to = change.getTo();
    Draft next = new Draft(beginsAnew(change) ? none(invariance) : this);
    next.lastChange = change.getDetectedAtStep();
    next.over = to == Regime.REGIME_ENDED;
    if (saysNothingOfTheEdge(to)) {
      next.ratio = newer(next.ratio, change);
      return next.outcome();
    }
    next.ratio = newer(next.ratio, change);
    // The wall clock knows nothing of the stream.
    if (change.getFrom() != Regime.REGIME_STALLED) {
      next.blind = change.getEvidence().getCannotShowEdge();
      next.invarianceLostAt =
          change.hasScaleInvarianceLostAtStep()
              ? (Long) change.getScaleInvarianceLostAtStep()
              : null;
    }
    next.present = to;
    // Heard again, resumed, or its end taken back: it is where it was.
    if (change.getFrom() == Regime.REGIME_STALLED || change.getFrom() == Regime.REGIME_ENDED) {
      return next.outcome();
    }
    enter(next, change);
    next.furthest = rank(to) > rank(next.furthest) ? to : next.furthest;
    next.flowed |= to == Regime.REGIME_FLOWING;
    return next.outcome();
  }

  private static void enter(Draft next, RegimeChanged change) {
    boolean entry =
        change.getTo() == Regime.REGIME_EDGE && !RegimeDetector.isAtEdge(change.getFrom());
    if (entry) {
      next.episodes++;
      next.edge = next.edge == null ? EdgeEntry.of(change) : next.edge;
    }
    next.chaotic += change.getTo() == Regime.REGIME_CHAOTIC ? 1 : 0;
    next.catapults += change.getTo() == Regime.REGIME_CATAPULT ? 1 : 0;
  }

  /** With one more fit of the flow. */
  public RunOutcome with(FlowFitted fit) {
    Draft next = new Draft(this);
    boolean anew = fit.getStep() < lastFit;
    next.flow = (anew ? FlowTests.NONE : flow).with(fit);
    next.lastFit = fit.getStep();
    next.edgeEigenvalues = fit.hasEdgeEigenvalues() ? (Integer) fit.getEdgeEigenvalues() : null;
    if (fit.hasSharpness()) {
      next.sharpness = new Reading(fit.getSharpness(), null, fit.getStep());
    }
    return next.outcome();
  }

  /**
   * With what a step measured.
   *
   * @param s its stability ratio; null where it was not measured
   */
  public RunOutcome withStep(long step, @Nullable Double s) {
    if (s == null || (ratio != null && ratio.step() > step)) {
      return this;
    }
    Draft next = new Draft(this);
    next.ratio = new Reading(s, null, step);
    return next.outcome();
  }

  /** Why it is not known whether the run reached the edge; null where that is known. */
  public @Nullable Unknown unknown() {
    if (reachedEdge()) {
      return null;
    }
    if (lastChange < 0) {
      return Unknown.NO_VERDICT;
    }
    if (invariance == ScaleInvariance.NEVER
        || (invarianceLostAt != null && present == Regime.REGIME_STARTING)) {
      return Unknown.NOT_SCALE_INVARIANT;
    }
    if (blind) {
      return Unknown.BLIND;
    }
    return rank(furthest) < rank(Regime.REGIME_STABLE) ? Unknown.STARTING : null;
  }

  /** Whether it was ever at the edge, or beyond it. */
  public boolean reachedEdge() {
    return rank(furthest) >= rank(Regime.REGIME_EDGE);
  }

  /** Whether the newest verdict has it at the edge, or had when it ended. */
  public boolean atEdge() {
    return RegimeDetector.isAtEdge(present);
  }

  /** Whether the flow was tested, and held. */
  public FlowAnswer flowAnswer() {
    if (flowed) {
      return FlowAnswer.HELD;
    }
    if (flow.tested() == 0) {
      return FlowAnswer.NOT_TESTED;
    }
    return flow.failed() > flow.agreed() ? FlowAnswer.FAILED : FlowAnswer.UNDECIDED;
  }

  // A monitor that lost its state judges the run once more from its first step.
  private boolean beginsAnew(RegimeChanged change) {
    return change.getFrom() == Regime.REGIME_STARTING && change.getDetectedAtStep() < lastChange;
  }

  private static boolean saysNothingOfTheEdge(Regime regime) {
    return switch (regime) {
      case REGIME_ENDED, REGIME_STALLED, REGIME_UNSPECIFIED, UNRECOGNIZED -> true;
      default -> false;
    };
  }

  private static @Nullable Reading newer(@Nullable Reading known, RegimeChanged change) {
    Evidence evidence = change.getEvidence();
    boolean older = known != null && known.step() > change.getDetectedAtStep();
    if (!evidence.hasStabilityRatio() || older) {
      return known;
    }
    return new Reading(
        evidence.getStabilityRatio(),
        evidence.hasStabilityRatioError() ? (Double) evidence.getStabilityRatioError() : null,
        change.getDetectedAtStep());
  }

  /** Where a regime stands in that order; 0 for those that say nothing of how far a run came. */
  public static int rank(Regime regime) {
    return switch (regime) {
      case REGIME_STARTING -> 1;
      case REGIME_STABLE -> 2;
      case REGIME_EDGE -> 3;
      case REGIME_CHAOTIC -> 4;
      case REGIME_FLOWING -> 5;
      case REGIME_SETTLED -> 6;
      default -> 0;
    };
  }

  /** An outcome while it is being changed. */
  private static final class Draft {
    private Regime present = Regime.REGIME_UNSPECIFIED;
    private Regime furthest = Regime.REGIME_UNSPECIFIED;
    private boolean over;
    private int episodes;
    private int catapults;
    private int chaotic;
    private @Nullable EdgeEntry edge;
    private @Nullable Reading ratio;
    private @Nullable Reading sharpness;
    private @Nullable Integer edgeEigenvalues;
    private FlowTests flow = FlowTests.NONE;
    private boolean flowed;
    private boolean blind;
    private ScaleInvariance invariance;
    private @Nullable Long invarianceLostAt;
    private long lastChange = -1;
    private long lastFit = -1;

    Draft(ScaleInvariance invariance) {
      this.invariance = invariance;
    }

    Draft(RunOutcome from) {
      this(from.invariance);
      present = from.present;
      furthest = from.furthest;
      over = from.over;
      episodes = from.episodes;
      catapults = from.catapults;
      chaotic = from.chaotic;
      edge = from.edge;
      ratio = from.ratio;
      sharpness = from.sharpness;
      edgeEigenvalues = from.edgeEigenvalues;
      flow = from.flow;
      flowed = from.flowed;
      blind = from.blind;
      invarianceLostAt = from.invarianceLostAt;
      lastChange = from.lastChange;
      lastFit = from.lastFit;
    }

    RunOutcome outcome() {
      return new RunOutcome(
          present,
          furthest,
          over,
          episodes,
          catapults,
          chaotic,
          edge,
          ratio,
          sharpness,
          edgeEigenvalues,
          flow,
          flowed,
          blind,
          invariance,
          invarianceLostAt,
          lastChange,
          lastFit);
    }
  }
}
