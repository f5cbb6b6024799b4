package brink.monitor.flow;

import brink.monitor.geometry.DirectionTest;
import brink.monitor.geometry.RadialDecay;
import brink.monitor.geometry.SphericalStep;
import brink.v1.FlowFitted;
import org.jspecify.annotations.Nullable;

/**
 * The flow of a run as a fold: (state, step) → (state, fit). Steps are averaged in bins of flow
 * time; each bin that closes gives a fit. Below the edge that is the drift of the stability ratio,
 * at it the flow. Where sharpness is not measured at the edge, λ₁ = 2/η̃ stands in for it in the
 * forecast, and nothing is said of a measured rate: the norm ledger would tie it to the predicted
 * one.
 */
public final class FlowMeter {
  /** A bin that waits for the sharpness of its source this many widths takes what there is. */
  private static final int PATIENCE = 4;

  private final FlowSettings settings;
  private final EdgeFit edge;

  /** A meter. */
  public FlowMeter(FlowSettings settings) {
    this.settings = settings;
    this.edge = new EdgeFit(settings);
  }

  /**
   * Folds one finite step.
   *
   * @param previous last step used; null before any
   * @param atEdge whether the run was at the edge before this step
   * @param episode number of the edge episode; 0 before the first
   * @param radial what the part of the gradient along the weights adds to weight decay
   */
  public FlowUpdate step(
      String runId,
      FlowState state,
      SphericalStep step,
      @Nullable SphericalStep previous,
      boolean atEdge,
      int episode,
      RadialDecay radial) {
    FlowState from = renewed(state, step, previous, atEdge);
    if (step.flowTime() < from.openFrom()) {
      return new FlowUpdate(from, null, null);
    }
    SphericalStep before = step.follows(previous) ? previous : null;
    FlowState filled =
        directed(from, step).withOpen(from.open().with(step, before, atEdge, radial));
    if (!isDue(filled, step)) {
      return new FlowUpdate(filled, null, null);
    }
    FlowFitted.Builder fitted =
        FlowFitted.newBuilder().setRunId(runId).setStep(step.step()).setFlowTime(step.flowTime());
    if (episode > 0) {
      fitted.setEpisode(episode);
    }
    if (atEdge) {
      addEigenvalues(filled.open(), fitted);
      addExcessLoss(filled.open(), step, fitted);
    }
    FlowState closed = close(withExcess(filled, fitted), step.flowTime());
    return atEdge
        ? edge.fit(closed, step, radial, fitted)
        : ApproachFit.fit(closed, step, previous, fitted);
  }

  // A test of the direction is of a span that ended with it, and says nothing of a later one.
  private FlowState directed(FlowState state, SphericalStep step) {
    DirectionTest test = step.direction();
    double time = step.flowTime();
    if (test != null) {
      boolean atEdge = state.atEdge() && time - test.flowTime() >= state.openFrom();
      return atEdge ? state.withDirection(test, time) : state;
    }
    DirectionTest known = state.direction();
    boolean old =
        known != null
            && time - state.directionTime() > settings.reach().directionSpans() * known.flowTime();
    return old ? state.withDirection(null, Double.NaN) : state;
  }

  private static void addEigenvalues(OpenBin bin, FlowFitted.Builder fitted) {
    int count = bin.eigenvaluesAtEdge();
    if (count > 0) {
      fitted.setEdgeEigenvalues(count);
    }
    int measured = bin.eigenvaluesMeasured();
    if (measured > 0) {
      fitted.setDirectEigenvalues(measured);
    }
  }

  private static void addExcessLoss(OpenBin bin, SphericalStep step, FlowFitted.Builder fitted) {
    if (bin.excess().known() && bin.share().known()) {
      fitted.setExcessLoss(bin.excess().value());
      fitted.setQuadraticExcessLoss(
          bin.share().value()
              * step.alternatingIntrinsicRate()
              / (2 * step.alternatingLearningRate()));
    }
  }

  private static FlowState withExcess(FlowState state, FlowFitted.Builder fitted) {
    double ratio = fitted.getExcessLoss() / fitted.getQuadraticExcessLoss();
    return ratio > 0 && Double.isFinite(ratio) ? state.withExcess(StrictMath.log(ratio)) : state;
  }

  private FlowState renewed(
      FlowState state, SphericalStep step, @Nullable SphericalStep previous, boolean atEdge) {
    boolean changed =
        previous != null && (isAbrupt(previous, step) || (atEdge && drifts(previous, step)));
    if (atEdge == state.atEdge() && !changed) {
      return state;
    }
    double pause = atEdge ? settings.bins().settling() * Math.sqrt(step.flowTimeStep()) : 0;
    return FlowState.from(atEdge, step.flowTime() + pause);
  }

  private boolean isAbrupt(SphericalStep previous, SphericalStep step) {
    return changed(previous.learningRate(), step.learningRate())
        || changed(previous.weightDecay(), step.weightDecay());
  }

  // While η changes, λ₁ follows 2/η̃ apart from any flow: the rates here would blame the flow for
  // it.
  private boolean drifts(SphericalStep previous, SphericalStep step) {
    double change = Math.abs(step.learningRate() / previous.learningRate() - 1);
    return change > settings.bins().driftRate() * (step.flowTime() - previous.flowTime());
  }

  private boolean changed(double before, double here) {
    return Math.abs(here - before) > settings.bins().abruptChange() * before;
  }

  // A bin holds at least two pairs; below the edge a producer that publishes single steps gives
  // none.
  private boolean isDue(FlowState state, SphericalStep step) {
    OpenBin bin = state.open();
    double width = step.flowTime() - bin.start();
    boolean full = width >= settings.bins().cadence() - step.flowTimeStep() / 2;
    if (!full || (state.atEdge() && bin.share().count() < 2)) {
      return false;
    }
    boolean waiting = !bin.sharpness(state.source()).known();
    boolean none = state.source() == SharpnessSource.NONE;
    return none || !waiting || width >= PATIENCE * settings.bins().cadence();
  }

  private FlowState close(FlowState state, double time) {
    OpenBin bin = state.open();
    SharpnessSource best = bin.best();
    if (best == SharpnessSource.NONE) {
      return state.closed(SharpnessSource.NONE, FlowHistory.EMPTY, time);
    }
    BinSum sharpness = bin.sharpness(best);
    FlowHistory base = best == state.source() ? state.history() : FlowHistory.EMPTY;
    double share = bin.share().value();
    double logRatio = bin.norm().known() ? sharpness.mean() - bin.norm().mean() : Double.NaN;
    double at = bin.start() + sharpness.meanTime();
    double direct = direct(base, bin, at);
    return state.closed(
        best,
        base.with(
            at,
            sharpness.mean(),
            share,
            logRatio,
            direct,
            bin.isMeasuredTogether(),
            value(bin.slope()),
            value(bin.lagging()),
            value(bin.next())),
        time);
  }

  private static double value(BinMean mean) {
    return mean.known() ? mean.value() : Double.NaN;
  }

  // A producer that measures G² every N steps measures it at one place of every bin, and not at its
  // middle: over half a bin G² changes by a per cent, as much in all bins of a run.
  private double direct(FlowHistory base, OpenBin bin, double time) {
    BinSum measured = bin.directGradientSquared();
    if (!measured.known()) {
      return Double.NaN;
    }
    double value = measured.mean();
    double late = bin.start() + measured.meanTime() - time;
    int before = base.lastDirect();
    boolean comparable =
        before >= 0
            && base.isOfSeveral(before) == bin.isMeasuredTogether()
            && time - base.time(before) <= settings.reach().directReach()
            && value > 0
            && base.direct(before) > 0;
    if (!comparable) {
      return value;
    }
    double rate = StrictMath.log(value / base.direct(before)) / (time + late - base.time(before));
    return value * StrictMath.exp(-rate * late);
  }
}
