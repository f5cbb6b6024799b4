package brink.trainer.network;

import brink.trainer.data.ImageShape;
import brink.trainer.kernels.Tensor;

/**
 * Shape of one example between two layers. Images are kept channels last, so that a batch of n is
 * at once the matrix n×features and the matrix (n·positions)×channels.
 *
 * @param height of an image; 1 for vectors
 * @param width of an image; 1 for vectors
 * @param channels of an image, or length of a vector
 */
public record Shape(int height, int width, int channels) {
  /** Refuses lengths that are not positive. */
  public Shape {
    if (height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "a shape needs positive lengths, not %d×%d×%d".formatted(height, width, channels));
    }
  }

  /** A vector. */
  public static Shape vector(int length) {
    return new Shape(1, 1, length);
  }

  /** An image. */
  public static Shape of(ImageShape image) {
    return new Shape(image.height(), image.width(), image.channels());
  }

  /** Number of pixels. */
  public int positions() {
    return Math.multiplyExact(height, width);
  }

  /** Number of entries. */
  public int features() {
    return Math.multiplyExact(positions(), channels);
  }

  /** A batch of such examples, each of which is a row, as the matrix (n·positions)×channels. */
  Tensor byPosition(Tensor examples) {
    return examples.view(0, Math.toIntExact(examples.length() / channels), channels);
  }

  /** For example "32×32×3", or "20" for a vector. */
  @Override
  public String toString() {
    return positions() == 1 ? String.valueOf(channels) : height + "×" + width + "×" + channels;
  }
}
