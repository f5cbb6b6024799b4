package brink.trainer.kernels.cpu;

import brink.trainer.kernels.Convolution;
import java.lang.foreign.MemorySegment;

/**
 * The rows of patches of one image, for stride 1: each row of a patch is also a row of the patches
 * above and below it, so that it is copied once, and each row of the kernel has a product of its
 * own, over the same room from another offset. That copies kernel times less than {@link
 * WholePatches}, and the narrower products are faster, too; but an image has to have positions
 * enough for a product.
 */
final class RowPatches implements Patches {
  private static final int FEWEST_POSITIONS = 256;
  private static final int NARROWEST = 32;

  private final Convolution shape;
  private final long pixel;
  private final int outputWidth;
  private final long rowBytes;

  /**
   * @param bytes of a number
   */
  RowPatches(Convolution shape, int bytes) {
    this.shape = shape;
    pixel = (long) shape.channels() * bytes;
    outputWidth = shape.outputWidth();
    rowBytes = (long) outputWidth * shape.kernel() * pixel;
  }

  /** Whether this way is the faster one. */
  static boolean suit(Convolution shape) {
    return shape.stride() == 1
        && shape.kernel() > 1
        && shape.outputHeight() * shape.outputWidth() >= FEWEST_POSITIONS
        && shape.kernel() * shape.channels() >= NARROWEST;
  }

  @Override
  public int blockPositions() {
    return shape.outputHeight() * outputWidth;
  }

  @Override
  public long roomBytes() {
    return (shape.height() + 2 * shape.padding()) * rowBytes;
  }

  @Override
  public int pieces() {
    return shape.kernel();
  }

  @Override
  public int width() {
    return shape.kernel() * shape.channels();
  }

  @Override
  public long offset(int piece) {
    return piece * rowBytes;
  }

  @Override
  public void gather(MemorySegment images, long first, int count, MemorySegment room) {
    long image = first / blockPositions() * shape.height() * shape.width() * pixel;
    for (int y = -shape.padding(); y < shape.height() + shape.padding(); y++) {
      long row = (y + shape.padding()) * rowBytes;
      if (y < 0 || y >= shape.height()) {
        room.asSlice(row, rowBytes).fill((byte) 0);
      } else {
        gatherRow(images, image + (long) y * shape.width() * pixel, room, row);
      }
    }
  }

  private void gatherRow(MemorySegment images, long from, MemorySegment room, long to) {
    long window = shape.kernel() * pixel;
    for (int x = 0; x < outputWidth; x++) {
      int left = x - shape.padding();
      int skipped = Math.max(0, -left);
      int inside = Math.min(shape.kernel(), shape.width() - left) - skipped;
      long at = to + x * window;
      if (inside < shape.kernel()) {
        room.asSlice(at, window).fill((byte) 0);
      }
      MemorySegment.copy(
          images, from + (left + skipped) * pixel, room, at + skipped * pixel, inside * pixel);
    }
  }
}
