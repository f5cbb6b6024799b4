package brink.trainer.kernels.cuda;

/**
 * A device that the driver shows.
 *
 * @param ordinal number on the command line
 * @param handle of the driver
 * @param name of the product
 * @param major of the compute capability
 * @param minor of the compute capability
 * @param bytes of its memory
 */
public record DeviceInfo(int ordinal, int handle, String name, int major, int minor, long bytes) {
  /** Ampere: the oldest that the kernels are compiled for. */
  static final int OLDEST_MAJOR = 8;

  private static final double GIB = 1 << 30;

  /** Whether the kernels run on it. */
  public boolean isSupported() {
    return major >= OLDEST_MAJOR;
  }

  /** Such as "cuda:0". */
  public String id() {
    return "cuda:" + ordinal;
  }

  /** Such as "cuda:0: NVIDIA H200, compute capability 9.0, 139.8 GiB". */
  public String describe() {
    return "%s: %s, compute capability %d.%d, %s"
        .formatted(id(), name, major, minor, gibibytes(bytes));
  }

  static String gibibytes(long bytes) {
    return String.format(java.util.Locale.ROOT, "%.1f GiB", bytes / GIB);
  }
}
