package brink.trainer.flow;

import brink.trainer.flow.PredictedFlow.Direction;
import brink.trainer.state.SavedState;
import java.util.function.Function;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealVector;
import org.jspecify.annotations.Nullable;

/** A predicted trajectory that training is compared with. */
final class RunningFlow {
  /**
   * Shortest flow time that directions are compared over. Training's averages are off by O(η_in),
   * the flow goes on by up to half of this, so that at η_in = 2e-4 the angle is good to some 0.01.
   */
  static final double SPAN = 0.05;

  private final FlowTrajectory trajectory;
  private final long startStep;
  private double flowTime;
  private double anchorTime;
  private RealVector anchor;
  private RealVector predictedAnchor;

  /**
   * @param trajectory at its start
   * @param training period-averaged point of training there
   */
  RunningFlow(FlowTrajectory trajectory, long startStep, RealVector training) {
    this.trajectory = trajectory;
    this.startStep = startStep;
    anchor = training;
    predictedAnchor = trajectory.direction();
  }

  PredictedFlowKind kind() {
    return trajectory.kind();
  }

  long startStep() {
    return startStep;
  }

  /** Flow time since the start. */
  double flowTime() {
    return flowTime;
  }

  /**
   * Goes on.
   *
   * @param gone flow time since the last call
   * @param training period-averaged point of training now
   * @param plane that the predicted point is drawn in; null for none
   * @throws RuntimeException if the trajectory cannot go on
   */
  PredictedFlow follow(double gone, RealVector training, @Nullable PlaneOfMotion plane) {
    trajectory.advance(gone);
    flowTime += gone;
    RealVector predicted = trajectory.direction();
    return new PredictedFlow(
        kind(),
        startStep,
        flowTime,
        trajectory.sharpness(),
        Angles.between(training, predicted),
        direction(training, predicted),
        null,
        plane == null ? null : plane.place(predicted));
  }

  private @Nullable Direction direction(RealVector training, RealVector predicted) {
    double span = flowTime - anchorTime;
    if (span < SPAN) {
      return null;
    }
    RealVector moved = training.subtract(anchor);
    RealVector predictedMove = predicted.subtract(predictedAnchor);
    anchorTime = flowTime;
    anchor = training;
    predictedAnchor = predicted;
    // a point at rest has no direction
    return moved.getNorm() == 0 || predictedMove.getNorm() == 0
        ? null
        : new Direction(Angles.between(moved.unitVector(), predictedMove.unitVector()), span);
  }

  void save(SavedState state) {
    String name = name(kind());
    state.put(name + "start step", startStep);
    put(state, name + "trajectory", trajectory.state());
    put(state, name + "times", flowTime, anchorTime);
    put(state, name + "anchor", anchor.toArray());
    put(state, name + "predicted anchor", predictedAnchor.toArray());
  }

  /** The flow of that kind that was saved; null if there was none. */
  static @Nullable RunningFlow restored(
      SavedState state, PredictedFlowKind kind, Function<double[], FlowTrajectory> trajectory) {
    String name = name(kind);
    if (!state.hasVector(name + "trajectory")) {
      return null;
    }
    RunningFlow flow =
        new RunningFlow(
            trajectory.apply(get(state, name + "trajectory")),
            state.number(name + "start step"),
            new ArrayRealVector(get(state, name + "anchor")));
    double[] times = get(state, name + "times");
    flow.flowTime = times[0];
    flow.anchorTime = times[1];
    flow.predictedAnchor = new ArrayRealVector(get(state, name + "predicted anchor"));
    return flow;
  }

  static void put(SavedState state, String name, double... values) {
    state.put(name, new SavedState.Vector(values.length, () -> values));
  }

  static double[] get(SavedState state, String name) {
    return state.vector(name).values().get();
  }

  private static String name(PredictedFlowKind kind) {
    return "predicted " + kind + ": ";
  }
}
