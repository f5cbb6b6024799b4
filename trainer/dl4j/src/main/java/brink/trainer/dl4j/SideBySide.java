package brink.trainer.dl4j;

import brink.trainer.kernels.Activation;
import brink.trainer.network.LayerSpec;
import brink.trainer.network.Normalizer;
import brink.trainer.network.Shape;
import java.util.List;

/**
 * Outputs of several branches, channel behind channel: y = Σᵢ Pᵢ·xᵢ, where Pᵢ is a fixed map of
 * zeros and ones that puts the channels of one branch in their place. Layers know sums of two; a
 * balanced tree of them needs the least memory at once.
 *
 * @param name of the vertex
 * @param parts what comes out of each branch
 * @param shape of all together
 */
record SideBySide(String name, List<Shape> parts, Shape shape) {
  /** Numbers of a map: 128 MiB in double precision. */
  private static final int LARGEST_MAP = 1 << 24;

  /**
   * Puts outputs side by side.
   *
   * @throws NoCounterpartException if these are images of different sizes, or too many channels
   */
  static SideBySide of(String name, List<Shape> parts) throws NoCounterpartException {
    Shape first = parts.getFirst();
    int channels = 0;
    for (Shape part : parts) {
      if (part.height() != first.height() || part.width() != first.width()) {
        throw new NoCounterpartException(
            "vertex %s concatenates %s and %s".formatted(name, first, part));
      }
      channels = Math.addExact(channels, part.channels());
    }
    for (Shape part : parts) {
      if ((long) channels * part.channels() > LARGEST_MAP) {
        throw new NoCounterpartException(
            "vertex %s concatenates %d channels, too many for maps of them"
                .formatted(name, channels));
      }
    }
    return new SideBySide(name, parts, new Shape(first.height(), first.width(), channels));
  }

  /** The layer that puts a branch in its place, whose weights are fixed. */
  LayerSpec place(int branch) {
    String place = name + ".place" + branch;
    Normalizer none = new Normalizer.NoNormalization();
    return shape.positions() == 1
        ? new LayerSpec.Dense(place, shape.channels(), none, Activation.IDENTITY)
        : LayerSpec.Convolution.same(place, shape.channels(), 1, none, Activation.IDENTITY);
  }

  /** Its weights: a one for every channel of the branch, all channels×its channels. */
  double[] weights(int branch) {
    int own = parts.get(branch).channels();
    int first = parts.stream().limit(branch).mapToInt(Shape::channels).sum();
    double[] weights = new double[shape.channels() * own];
    for (int channel = 0; channel < own; channel++) {
      weights[(first + channel) * own + channel] = 1;
    }
    return weights;
  }

  /** The sum of branches of the same shape. */
  static LayerSpec sum(String name, List<List<LayerSpec>> branches) {
    int half = branches.size() / 2;
    return new LayerSpec.Residual(
        name,
        half(name + ".first", branches.subList(0, branches.size() - half)),
        half(name + ".second", branches.subList(branches.size() - half, branches.size())));
  }

  private static List<LayerSpec> half(String name, List<List<LayerSpec>> branches) {
    return branches.size() == 1 ? branches.getFirst() : List.of(sum(name, branches));
  }
}
