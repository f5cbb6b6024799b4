package brink.trainer.kernels;

/**
 * Shape of a two-dimensional convolution (cross-correlation) without bias, of square kernels.
 * Images are kept channels last: a batch of n is the matrix (n·height·width)×channels, rows in the
 * order example, y, x. The weights are the matrix filters×(kernel·kernel·channels), columns in the
 * order y, x, channel; outside of the image the input counts as 0.
 *
 * @param height of the input images
 * @param width of the input images
 * @param channels of the input
 * @param filters channels of the output
 * @param kernel height and width of the kernels
 * @param stride step between output positions
 * @param padding rows and columns of zeros on each side
 */
public record Convolution(
    int height, int width, int channels, int filters, int kernel, int stride, int padding) {
  /** Refuses shapes without output. */
  public Convolution {
    if (height < 1 || width < 1 || channels < 1 || filters < 1 || kernel < 1 || stride < 1) {
      throw new IllegalArgumentException("sizes of a convolution must be positive");
    }
    if (padding < 0 || padding >= kernel) {
      throw new IllegalArgumentException(
          "padding must be at least 0 and below the kernel's %d, not %d"
              .formatted(kernel, padding));
    }
    if (height + 2 * padding < kernel || width + 2 * padding < kernel) {
      throw new IllegalArgumentException(
          "a %d×%d kernel does not fit into images of %d×%d with padding %d"
              .formatted(kernel, kernel, height, width, padding));
    }
  }

  /** Height of the output images. */
  public int outputHeight() {
    return (height + 2 * padding - kernel) / stride + 1;
  }

  /** Width of the output images. */
  public int outputWidth() {
    return (width + 2 * padding - kernel) / stride + 1;
  }

  /** Entries of a filter: kernel·kernel·channels. */
  public int patch() {
    return kernel * kernel * channels;
  }
}
