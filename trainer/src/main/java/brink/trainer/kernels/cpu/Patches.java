package brink.trainer.kernels.cpu;

import brink.trainer.kernels.Convolution;
import java.lang.foreign.MemorySegment;

/** What a convolution's kernel sees at each output position, as rows of a matrix (im2col). */
final class Patches {
  private final Convolution shape;
  private final int bytes;
  private final long pixel;
  private final long kernelRow;

  /**
   * @param bytes of a number
   */
  Patches(Convolution shape, int bytes) {
    this.shape = shape;
    this.bytes = bytes;
    pixel = (long) shape.channels() * bytes;
    kernelRow = shape.kernel() * pixel;
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
    if (shape.padding() > 0) {
      patches.asSlice(0, (long) count * shape.kernel() * kernelRow).fill((byte) 0);
    }
    each(
        first,
        count,
        (image, patch, length) -> MemorySegment.copy(images, image, patches, patch, length));
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
    int outputWidth = shape.outputWidth();
    int positions = shape.outputHeight() * outputWidth;
    long imageBytes = shape.height() * (shape.width() * pixel);
    for (int i = 0; i < count; i++) {
      long example = (first + i) / positions;
      int position = (int) ((first + i) % positions);
      int top = position / outputWidth * shape.stride() - shape.padding();
      int left = position % outputWidth * shape.stride() - shape.padding();
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
