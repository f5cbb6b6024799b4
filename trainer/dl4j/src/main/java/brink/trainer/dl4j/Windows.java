package brink.trainer.dl4j;

import brink.trainer.listener.network.NamedLayer;
import brink.trainer.network.Shape;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/**
 * Square windows that slide over images, as ours do.
 *
 * @param size height and width
 * @param padding rows and columns of zeros on each side
 */
record Windows(int size, int stride, int padding) {
  /** Those of a convolution. */
  static Windows of(NamedLayer layer, ConvolutionLayer configuration, Shape input)
      throws NoCounterpartException {
    requireChannelsFirst(layer, configuration.getCnn2dDataFormat());
    return of(
        layer,
        input,
        square(layer, "kernel", configuration.getKernelSize()),
        square(layer, "stride", configuration.getStride()),
        square(layer, "dilation", configuration.getDilation()),
        configuration.getPadding(),
        configuration.getConvolutionMode());
  }

  /** Those of a pooling. */
  static Windows of(NamedLayer layer, SubsamplingLayer configuration, Shape input)
      throws NoCounterpartException {
    requireChannelsFirst(layer, configuration.getCnn2dDataFormat());
    return of(
        layer,
        input,
        square(layer, "window", configuration.getKernelSize()),
        square(layer, "stride", configuration.getStride()),
        square(layer, "dilation", configuration.getDilation()),
        configuration.getPadding(),
        configuration.getConvolutionMode());
  }

  private static Windows of(
      NamedLayer layer,
      Shape input,
      int size,
      int stride,
      int dilation,
      int[] padding,
      ConvolutionMode mode)
      throws NoCounterpartException {
    if (dilation != 1) {
      throw NoCounterpartException.of(layer, "is dilated");
    }
    return switch (mode) {
      case Strict, Truncate -> new Windows(size, stride, square(layer, "padding", padding));
      case Same -> {
        int height = same(layer, input.height(), size, stride);
        int width = same(layer, input.width(), size, stride);
        yield new Windows(size, stride, square(layer, "padding", new int[] {height, width}));
      }
      case Causal -> throw NoCounterpartException.of(layer, "is causal");
    };
  }

  /** Zeros on each side such that there are ⌈length/stride⌉ windows. */
  private static int same(NamedLayer layer, int length, int size, int stride)
      throws NoCounterpartException {
    int windows = Math.ceilDiv(length, stride);
    int zeros = Math.max((windows - 1) * stride + size - length, 0);
    if (zeros % 2 != 0) {
      throw NoCounterpartException.of(layer, "pads one side more than the other");
    }
    return zeros / 2;
  }

  private static int square(NamedLayer layer, String what, int[] lengths)
      throws NoCounterpartException {
    if (lengths[0] != lengths[1]) {
      throw NoCounterpartException.of(
          layer, "has a %s of %d×%d, which is not square".formatted(what, lengths[0], lengths[1]));
    }
    return lengths[0];
  }

  private static void requireChannelsFirst(NamedLayer layer, CNN2DFormat format)
      throws NoCounterpartException {
    if (format != CNN2DFormat.NCHW) {
      throw NoCounterpartException.of(layer, "keeps images as " + format);
    }
  }
}
