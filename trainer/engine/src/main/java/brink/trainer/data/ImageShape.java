package brink.trainer.data;

/**
 * How the features of an example are laid out as an image: row by row, in a row pixel by pixel from
 * the left, in a pixel channel by channel (channels last).
 *
 * @param height rows of pixels
 * @param width pixels in a row
 * @param channels numbers in a pixel: 1 for grey, 3 for red, green and blue
 */
public record ImageShape(int height, int width, int channels) {
  /**
   * Checks the lengths.
   *
   * @throws IllegalArgumentException if one of them is not positive
   */
  public ImageShape {
    if (height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "%d×%d pixels of %d channels are not an image".formatted(height, width, channels));
    }
  }

  /** Number of features, height·width·channels. */
  public int length() {
    return Math.multiplyExact(Math.multiplyExact(height, width), channels);
  }

  /** Index of a feature. */
  public int index(int row, int column, int channel) {
    return (row * width + column) * channels + channel;
  }

  /**
   * From planes, one for each channel and row-major, to this order.
   *
   * @param planar of this length, from offset on; not modified
   */
  byte[] interleaved(byte[] planar, int offset) {
    byte[] image = new byte[length()];
    int pixels = height * width;
    for (int channel = 0; channel < channels; channel++) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        image[pixel * channels + channel] = planar[offset + channel * pixels + pixel];
      }
    }
    return image;
  }

  @Override
  public String toString() {
    return "%d×%d×%d".formatted(height, width, channels);
  }
}
