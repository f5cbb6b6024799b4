package brink.trainer.kernels;

/**
 * Shape of a pooling over square windows without padding, of images that are kept as in {@link
 * Convolution}. With a window and stride of the image's own size it is a global pooling.
 *
 * @param height of the input images
 * @param width of the input images
 * @param channels of input and output
 * @param windowHeight of the windows
 * @param windowWidth of the windows
 * @param stride step between windows
 */
public record Pooling(
    int height, int width, int channels, int windowHeight, int windowWidth, int stride) {
  /** Refuses shapes without output. */
  public Pooling {
    if (height < 1 || width < 1 || channels < 1 || stride < 1) {
      throw new IllegalArgumentException("sizes of a pooling must be positive");
    }
    if (windowHeight < 1 || windowWidth < 1 || windowHeight > height || windowWidth > width) {
      throw new IllegalArgumentException(
          "a window of %d×%d does not fit into images of %d×%d"
              .formatted(windowHeight, windowWidth, height, width));
    }
  }

  /** One window of the whole image. */
  public static Pooling global(int height, int width, int channels) {
    return new Pooling(height, width, channels, height, width, Math.max(height, width));
  }

  /** Height of the output images; what no whole window covers is left out. */
  public int outputHeight() {
    return (height - windowHeight) / stride + 1;
  }

  /** Width of the output images. */
  public int outputWidth() {
    return (width - windowWidth) / stride + 1;
  }
}
