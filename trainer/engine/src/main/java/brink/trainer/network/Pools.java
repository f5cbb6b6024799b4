package brink.trainer.network;

import brink.trainer.kernels.Pooling;

/** Row lengths of a {@link Pooling}. */
final class Pools {
  private Pools() {}

  static int inputs(Pooling shape) {
    return shape.height() * shape.width() * shape.channels();
  }

  static int outputs(Pooling shape) {
    return shape.outputHeight() * shape.outputWidth() * shape.channels();
  }
}
