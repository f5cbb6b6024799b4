package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Normalization;
import brink.trainer.kernels.Normalization.Statistics;

/** The passes of normalization by groups: one kernel each, with a block for every set. */
final class GroupNormalization {
  private final Launcher launcher;

  GroupNormalization(Launcher launcher) {
    this.launcher = launcher;
  }

  private static Grid grid(Statistics.Group group, CudaTensor matrix) {
    long sets = (long) matrix.rows() / group.positions() * group.groups();
    return Grid.sets(sets, (long) group.positions() * matrix.columns() / group.groups());
  }

  void forward(Statistics.Group group, CudaTensor z, Normalization state, double resolution) {
    launcher.launch(
        "group_forward",
        grid(group, z),
        group.positions(),
        z.columns(),
        group.groups(),
        state.activation(),
        z,
        state.epsilon(),
        resolution,
        state.normalized(),
        state.mean(),
        state.inverseDeviation(),
        state.output());
  }

  void apply(
      Statistics.Group group, CudaTensor z, Normalization state, double resolution, CudaTensor y) {
    launcher.launch(
        "group_apply",
        grid(group, z),
        group.positions(),
        z.columns(),
        group.groups(),
        state.activation(),
        z,
        state.epsilon(),
        resolution,
        y);
  }

  void tangent(Statistics.Group group, CudaTensor zTangent, Normalization state) {
    launcher.launch(
        "group_tangent",
        grid(group, zTangent),
        group.positions(),
        zTangent.columns(),
        group.groups(),
        state.activation(),
        zTangent,
        state.normalized(),
        state.output(),
        state.inverseDeviation(),
        state.deviationTangent(),
        state.normalizedTangent(),
        state.outputTangent());
  }

  void backward(Statistics.Group group, Normalization state) {
    CudaTensor normalized = CudaTensor.of(state.normalized());
    launcher.launch(
        "group_backward",
        grid(group, normalized),
        group.positions(),
        normalized.columns(),
        group.groups(),
        state.activation(),
        state.outputAdjoint(),
        normalized,
        state.output(),
        state.inverseDeviation(),
        state.inputAdjoint());
  }

  void backwardTangent(
      Statistics.Group group, CudaTensor from, Normalization state, CudaTensor to) {
    launcher.launch(
        "group_backward_tangent",
        grid(group, from),
        group.positions(),
        from.columns(),
        group.groups(),
        state.activation(),
        state.outputAdjoint(),
        from,
        state.normalized(),
        state.normalizedTangent(),
        state.output(),
        state.inputAdjoint(),
        state.inverseDeviation(),
        state.deviationTangent(),
        to);
  }
}
