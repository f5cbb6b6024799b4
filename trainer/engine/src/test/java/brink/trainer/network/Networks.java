package brink.trainer.network;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Loss;

/** The networks of the literature, with batch normalization. */
final class Networks {
  private Networks() {}

  static NetworkSpec vgg11(Shape input, double width) {
    return architectures(width).vgg11(input);
  }

  static NetworkSpec resnet20(double width) {
    return architectures(width).resnet20();
  }

  private static Architectures architectures(double width) {
    return new Architectures(
        width, new Normalizer.BatchNormalization(0), Activation.TANH, Loss.SOFTMAX_CROSS_ENTROPY);
  }
}
