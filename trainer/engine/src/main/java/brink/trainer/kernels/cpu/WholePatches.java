package brink.trainer.kernels.cpu;

import brink.trainer.kernels.Convolution;
import java.lang.foreign.MemorySegment;

/** Patches as the rows of one matrix (im2col). */
final class WholePatches implements Patches {
  /** Half of a common second-level cache; the rest is for the filters. */
  private static final int BLOCK_BYTES = 1 << 18;

  /** A matrix product of fewer rows spends its time on reading the filters. */
  private static final int SMALLEST_BLOCK = 256;

  private final Convolution shape;
  private final int bytes;
  private final long pixel;
  private final long kernelRow;
  private final int outputWidth;
  private final int positions;

  /**
   * @param bytes of a number
   */
  WholePatches(Convolution shape, int bytes) {
    this.shape = shape;
    this.bytes = bytes;
    pixel = (long) shape.channels() * bytes;
    kernelRow = shape.kernel() * pixel;
    outputWidth = shape.outputWidth();
    positions = shape.outputHeight() * outputWidth;
  }

  @Override
  public int blockPositions() {
    return Math.max(SMALLEST_BLOCK, BLOCK_BYTES / (shape.patch() * bytes));
  }

  @Override
  public long roomBytes() {
    return (long) blockPositions() * shape.patch() * bytes;
  }

  @Override
  public int pieces() {
    return 1;
  }

  @Override
  public int width() {
    return shape.patch();
  }

  @Override
  public long offset(int piece) {
    return 0;
  }

  /** What is done with the part of a patch that lies in one row of the image. */
  @FunctionalInterface
  private interface Run {
    /**
     * Works on pixels side by side.
     *
     * @param image byte offset in the images
     * @param patch byte offset in the patches
     */
    void run(long image, long patch, long length);
  }

  @Override
  public void gather(MemorySegment images, long first, int count, MemorySegment room) {
    clearBorders(first, count, room);
    each(
        first,
        count,
        (image, patch, length) -> MemorySegment.copy(images, image, room, patch, length));
  }

  /** Writes zeros where a patch reaches out of its image. */
  private void clearBorders(long first, int count, MemorySegment room) {
    if (shape.padding() == 0) {
      return;
    }
    long patch = shape.kernel() * kernelRow;
    for (int i = 0; i < count; i++) {
      int position = (int) ((first + i) % positions);
      if (reachesOut(top(position), shape.height()) || reachesOut(left(position), shape.width())) {
        room.asSlice(i * patch, patch).fill((byte) 0);
      }
    }
  }

  private boolean reachesOut(int start, int size) {
    return start < 0 || start + shape.kernel() > size;
  }

  private int top(int position) {
    return position / outputWidth * shape.stride() - shape.padding();
  }

  private int left(int position) {
    return position % outputWidth * shape.stride() - shape.padding();
  }

  /** Adds patches to the places that they come from. */
  void scatter(MemorySegment room, long first, int count, CpuTensor images, ThreadScratch scratch) {
    CpuTensor patches =
        new CpuTensor(images.precision(), room, 1, Math.toIntExact(room.byteSize() / bytes));
    each(
        first,
        count,
        (image, patch, length) -> {
          int n = (int) (length / bytes);
          long at = image / bytes;
          double[] sum = images.read(at, n, scratch, 0);
          double[] added = patches.read(patch / bytes, n, scratch, 1);
          for (int i = 0; i < n; i++) {
            sum[i] += added[i];
          }
          images.write(at, sum, n, scratch);
        });
  }

  private void each(long first, int count, Run run) {
    long imageBytes = shape.height() * (shape.width() * pixel);
    for (int i = 0; i < count; i++) {
      long example = (first + i) / positions;
      int position = (int) ((first + i) % positions);
      int top = top(position);
      int left = left(position);
      int skipped = Math.max(0, -left);
      long length = (Math.min(shape.kernel(), shape.width() - left) - skipped) * pixel;
      for (int ky = Math.max(0, -top); ky < Math.min(shape.kernel(), shape.height() - top); ky++) {
        long image =
            example * imageBytes + ((long) (top + ky) * shape.width() + left + skipped) * pixel;
        run.run(image, (i * (long) shape.kernel() + ky) * kernelRow + skipped * pixel, length);
      }
    }
  }
}
