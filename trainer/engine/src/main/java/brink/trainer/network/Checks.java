package brink.trainer.network;

import brink.trainer.network.Normalizer.GroupNormalization;
import java.util.List;
import java.util.function.Supplier;

/** What every {@link LayerSpec} is checked for; messages name the layer. */
final class Checks {
  private Checks() {}

  static void positive(String layer, String what, int value) {
    if (value < 1) {
      throw new LayerException(layer, what + " must be positive, not " + value);
    }
  }

  /** A shape of the kernels, whose refusal is told with the layer and its input. */
  static <T> T fitting(String layer, Shape input, Supplier<T> shape) {
    try {
      return shape.get();
    } catch (IllegalArgumentException e) {
      throw new LayerException(layer, e.getMessage() + " (input of " + input + ")");
    }
  }

  /** Groups have to divide the channels evenly. */
  static void groups(String layer, Normalizer normalizer, Shape output) {
    if (normalizer instanceof GroupNormalization(int groups, double _)
        && output.channels() % groups != 0) {
      throw new LayerException(
          layer,
          "%d groups do not divide the channels of its output of %s".formatted(groups, output));
    }
  }

  /** Shape after layers one after the other. */
  static Shape through(List<LayerSpec> layers, Shape input) {
    Shape shape = input;
    for (LayerSpec layer : layers) {
      shape = layer.output(shape);
    }
    return shape;
  }
}
