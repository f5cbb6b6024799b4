package brink.trainer.kernels.cuda;

/** What devices are called whose examples lie in the machine's memory. */
public final class SpilledDevice {
  private static final String SUFFIX = ", examples in the machine's memory";

  private SpilledDevice() {}

  /** Such as "cuda:0 (NVIDIA H200, cuBLAS 13.1.0), examples in the machine's memory". */
  static String name(String device) {
    return device + SUFFIX;
  }

  /** Whether a device that was called so spilled. */
  public static boolean isNamed(String device) {
    return device.endsWith(SUFFIX);
  }
}
