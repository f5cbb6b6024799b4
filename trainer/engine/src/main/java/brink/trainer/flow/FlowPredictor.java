package brink.trainer.flow;

import brink.trainer.curvature.SphereGeometry;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Landscape;
import brink.trainer.state.SavedState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealVector;
import org.jspecify.annotations.Nullable;

/**
 * Runs the flows that theory predicts beside gradient descent with weight decay, and compares
 * training with them. The sharpness-reduction flow starts where s at the midpoint of two iterates
 * crosses 1 upwards, and ends with the edge; the central flow starts where training is stable, and
 * anew where the edge is entered or left. Both start anew after the settings' flow time. Training
 * is not changed. Costs one spectrum (D Hessian-vector products and O(D³)) at each prediction, and
 * about ten for each flow.
 */
public final class FlowPredictor {
  /** The edge is left below this ratio, as in the monitor's regimes. */
  private static final double LEFT = 0.75;

  private static final String LAST = "predicted flows: last step";
  private static final String RATIO = "predicted flows: last stability ratio";

  private final Kernels kernels;
  private final SphereLandscape sphere;
  private final FlowPredictionSettings settings;
  private final CentralFlowSettings central;
  private final Tensor midpoint;
  private @Nullable RunningFlow reductionFlow;
  private @Nullable RunningFlow centralFlow;
  private long lastStep = -1;
  private double lastRatio = Double.NaN;
  private boolean atEdge;

  /**
   * @param landscape is linearized at will
   * @param learningRate η, constant
   * @param weightDecay λ_wd, constant
   * @throws IllegalArgumentException as {@link #requireSmall}, or without weight decay
   */
  public FlowPredictor(
      Landscape landscape,
      FlowPredictionSettings settings,
      double learningRate,
      double weightDecay) {
    requireSmall(landscape);
    kernels = landscape.kernels();
    sphere = new SphereLandscape(landscape);
    this.settings = settings;
    central = CentralFlowSettings.of(learningRate, weightDecay);
    midpoint = kernels.allocate(1, landscape.dimension());
  }

  /**
   * Checks that flows can be predicted there.
   *
   * @throws IllegalArgumentException if the landscape is too large for dense Hessians, or not in
   *     float64, or not scale-invariant in all weights
   */
  public static void requireSmall(Landscape landscape) {
    SphereLandscape.check(landscape);
  }

  /**
   * About how long a prediction takes at the edge, in seconds: ten dense spectra of half a second
   * at 450 weights each (docs/decisions/predicted-flows.md), of D³ operations.
   *
   * @param dimension D
   */
  public static double seconds(int dimension) {
    return 5 * Math.pow((double) dimension / SphereLandscape.LARGEST_DIMENSION, 3);
  }

  /**
   * Compares a step with the predictions; empty where none is due.
   *
   * @param w w_t, not modified
   * @param next w_{t+1}, not modified
   * @param plane that predicted points are drawn in; null for none
   */
  public List<PredictedFlow> observe(
      long step, Tensor w, Tensor next, @Nullable PlaneOfMotion plane) {
    if (!settings.due(step)) {
      return List.of();
    }
    Training here = measure(step, w, next, plane);
    double gone = (step - lastStep) * central.intrinsicLearningRate();
    boolean crossed = lastRatio < 1 && here.ratio() >= 1;
    boolean entered = crossed && !atEdge;
    boolean left = atEdge && here.ratio() < LEFT;
    List<PredictedFlow> predictions = new ArrayList<>();
    reductionFlow = follow(reductionFlow, gone, here, predictions);
    centralFlow = follow(centralFlow, gone, here, predictions);
    beginReductionFlow(here, crossed, left, predictions);
    beginCentralFlow(here, entered || left, predictions);
    atEdge = here.ratio() >= 1 || (atEdge && !left);
    lastStep = step;
    lastRatio = here.ratio();
    return predictions;
  }

  /**
   * Where training is.
   *
   * @param point its period-averaged point
   * @param logNormSquared ln‖w‖² there
   * @param ratio s there
   * @param plane that points near it are drawn in; null for none
   */
  private record Training(
      long step,
      RealVector point,
      double logNormSquared,
      double ratio,
      @Nullable PlaneOfMotion plane) {}

  private Training measure(long step, Tensor w, Tensor next, @Nullable PlaneOfMotion plane) {
    double norm = kernels.norm(w);
    double nextNorm = kernels.norm(next);
    SphereGeometry.midpointDirection(kernels, w, norm, next, nextNorm, midpoint);
    RealVector point = new ArrayRealVector(midpoint.get(), false);
    double logNormSquared = Math.log(norm) + Math.log(nextNorm);
    double effectiveLearningRate = central.at(logNormSquared).effectiveLearningRate();
    double sharpness = sphere.spectrum(point).sharpness();
    double ratio = SphereGeometry.stabilityRatio(effectiveLearningRate, sharpness);
    return new Training(step, point, logNormSquared, ratio, plane);
  }

  /** Adds what the next predictions depend on. */
  public void save(SavedState state) {
    state.put(LAST, lastStep);
    RunningFlow.put(state, RATIO, lastRatio, atEdge ? 1 : 0);
    if (reductionFlow != null) {
      reductionFlow.save(state);
    }
    if (centralFlow != null) {
      centralFlow.save(state);
    }
  }

  /** Takes it back; a state without predictions begins them. */
  public void restore(SavedState state) {
    if (!state.hasVector(RATIO)) {
      return;
    }
    lastStep = state.number(LAST);
    double[] ratio = RunningFlow.get(state, RATIO);
    lastRatio = ratio[0];
    atEdge = ratio[1] != 0;
    reductionFlow =
        RunningFlow.restored(
            state,
            PredictedFlowKind.SHARPNESS_REDUCTION_FLOW,
            saved -> SharpnessReductionTrajectory.restored(sphere, saved));
    centralFlow =
        RunningFlow.restored(
            state,
            PredictedFlowKind.CENTRAL_FLOW,
            saved -> CentralTrajectory.restored(sphere, central, saved));
  }

  /** The flow at this step; null if it has ended. */
  private static @Nullable RunningFlow follow(
      @Nullable RunningFlow flow, double gone, Training here, List<PredictedFlow> predictions) {
    if (flow == null) {
      return null;
    }
    try {
      predictions.add(flow.follow(gone, here.point(), here.plane()));
      return flow;
    } catch (FlowException | ArithmeticException | MathRuntimeException e) {
      predictions.add(PredictedFlow.ended(flow.kind(), flow.startStep(), e));
      return null;
    }
  }

  private void beginReductionFlow(
      Training here, boolean crossed, boolean left, List<PredictedFlow> predictions) {
    boolean again = isDue(reductionFlow);
    if (left || again) {
      reductionFlow = null;
    }
    if (reductionFlow == null && !left && (crossed || again)) {
      reductionFlow =
          start(
              PredictedFlowKind.SHARPNESS_REDUCTION_FLOW,
              () -> reductionTrajectory(here),
              here,
              predictions);
    }
  }

  private void beginCentralFlow(
      Training here, boolean regimeChanged, List<PredictedFlow> predictions) {
    boolean again = regimeChanged || isDue(centralFlow);
    if (again || (centralFlow == null && here.ratio() < 1)) {
      centralFlow =
          start(
              PredictedFlowKind.CENTRAL_FLOW,
              () -> CentralTrajectory.from(sphere, central, here.point(), here.logNormSquared()),
              here,
              predictions);
    }
  }

  private static @Nullable RunningFlow start(
      PredictedFlowKind kind,
      Supplier<FlowTrajectory> trajectory,
      Training here,
      List<PredictedFlow> predictions) {
    try {
      RunningFlow flow = new RunningFlow(trajectory.get(), here.step(), here.point());
      // one that starts anew has said the last of its former life at this step
      if (predictions.stream().noneMatch(said -> said.kind() == kind)) {
        predictions.add(flow.follow(0, here.point(), here.plane()));
      }
      return flow;
    } catch (FlowException | ArithmeticException | MathRuntimeException e) {
      predictions.add(PredictedFlow.ended(kind, here.step(), e));
      return null;
    }
  }

  /** Training's place on the flow is behind its clock by ½·ln s (docs/theory.md). */
  private FlowTrajectory reductionTrajectory(Training here) {
    SharpnessReductionTrajectory trajectory =
        SharpnessReductionTrajectory.from(sphere, here.point());
    trajectory.advance(Math.log(here.ratio()) / 2);
    return trajectory;
  }

  private boolean isDue(@Nullable RunningFlow flow) {
    return flow != null && settings.restart() > 0 && flow.flowTime() >= settings.restart();
  }
}
