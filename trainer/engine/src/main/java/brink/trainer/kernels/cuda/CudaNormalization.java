package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Normalization;
import brink.trainer.kernels.Normalization.Statistics;

/** Normalization of either kind. */
final class CudaNormalization {
  /** A set whose deviation is below this many roundings of its root mean square is constant. */
  private static final double CONSTANT = 64;

  private final BatchNormalization batch;
  private final GroupNormalization group;

  CudaNormalization(Launcher launcher, Sums sums) {
    batch = new BatchNormalization(launcher, sums);
    group = new GroupNormalization(launcher);
  }

  /** The batch's passes by their phases. */
  BatchNormalization batch() {
    return batch;
  }

  static double resolution(CudaTensor tensor) {
    return CONSTANT * tensor.precision().unitRoundoff();
  }

  void forward(CudaTensor z, Normalization state) {
    switch (state.statistics()) {
      case Statistics.Batch() -> batch.forward(z, state, resolution(z));
      case Statistics.Group sets -> group.forward(sets, z, state, resolution(z));
    }
  }

  void apply(CudaTensor z, Normalization state, CudaTensor y) {
    switch (state.statistics()) {
      case Statistics.Batch() -> batch.apply(z, state, y);
      case Statistics.Group sets -> group.apply(sets, z, state, resolution(z), y);
    }
  }

  void tangent(CudaTensor zTangent, Normalization state) {
    switch (state.statistics()) {
      case Statistics.Batch() -> batch.tangent(zTangent, state);
      case Statistics.Group sets -> group.tangent(sets, zTangent, state);
    }
  }

  void backward(Normalization state) {
    switch (state.statistics()) {
      case Statistics.Batch() -> batch.backward(state);
      case Statistics.Group sets -> group.backward(sets, state);
    }
  }

  void backwardTangent(CudaTensor from, Normalization state, CudaTensor to) {
    switch (state.statistics()) {
      case Statistics.Batch() -> batch.backwardTangent(from, state, to);
      case Statistics.Group sets -> group.backwardTangent(sets, from, state, to);
    }
  }
}
