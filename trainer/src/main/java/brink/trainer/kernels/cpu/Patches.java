package brink.trainer.kernels.cpu;

import brink.trainer.kernels.Convolution;
import java.lang.foreign.MemorySegment;

/** What a convolution's kernel sees at each output position, as rows of a matrix (im2col). */
final class Patches {
  private final Convolution shape;
  private final int bytes;
  private final long pixel;
  private final long kernelRow;
  private final int outputWidth;
  private final int positions;

  /**
   * @param bytes of a number
   */
  Patches(Convolution shape, int bytes) {
    this.shape = shape;
    this.bytes = bytes;
    pixel = (long) shape.channels() * bytes;
    kernelRow = shape.kernel() * pixel;
    outputWidth = shape.outputWidth();
    positions = shape.outputHeight() * outputWidth;
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

  /**
   * Writes the patches of positions first … first + count − 1, with zeros for what lies outside of
   * the image.
   */
  void gather(MemorySegment images, long first, int count, MemorySegment patches) {
    clearBorders(first, count, patches);
    each(
        first,
        count,
        (image, patch, length) -> MemorySegment.copy(images, image, patches, patch, length));
  }

  /** Writes zeros where a patch reaches out of its image. */
  private void clearBorders(long first, int count, MemorySegment patches) {
    if (shape.padding() == 0) {
      return;
    }
    long patch = shape.kernel() * kernelRow;
    for (int i = 0; i < count; i++) {
      int position = (int) ((first + i) % positions);
      if (reachesOut(top(position), shape.height()) || reachesOut(left(position), shape.width())) {
        patches.asSlice(i * patch, patch).fill((byte) 0);
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
  void scatter(MemorySegment patches, long first, int count, CpuTensor images, Scratch scratch) {
    CpuTensor rows =
        new CpuTensor(images.precision(), patches, 1, (int) (patches.byteSize() / bytes));
    each(
        first,
        count,
        (image, patch, length) -> {
          int n = (int) (length / bytes);
          long at = image / bytes;
          double[] sum = images.read(at, n, scratch, 0);
          double[] added = rows.read(patch / bytes, n, scratch, 1);
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
