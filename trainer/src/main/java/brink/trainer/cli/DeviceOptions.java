package brink.trainer.cli;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Precision;
import brink.trainer.kernels.cpu.CpuKernels;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where and in which floating-point format to compute. */
public final class DeviceOptions {
  /** Formats by their names on the command line. */
  public enum PrecisionName {
    FLOAT32(Precision.FLOAT32),
    FLOAT64(Precision.FLOAT64);

    final Precision precision;

    PrecisionName(Precision precision) {
      this.precision = precision;
    }

    @Override
    public String toString() {
      return precision.label();
    }
  }

  /** More than the largest machines have processors. */
  private static final int MOST_THREADS = 1024;

  @Option(
      names = "--precision",
      paramLabel = "FORMAT",
      description =
          "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); float32 takes half of the"
              + " memory, and its Hessian-vector products are off by about 1e-6",
      defaultValue = "float64")
  public PrecisionName precision = PrecisionName.FLOAT64;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "threads that compute (default: one for each processor)")
  public @Nullable Integer threads;

  /**
   * Kernels as these options say; the caller closes them.
   *
   * @throws OptionException if there cannot be so few or many threads
   */
  public Kernels open() {
    int count = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    if (count < 1 || count > MOST_THREADS) {
      throw new OptionException(
          "--threads: must be from 1 to %d, not %d".formatted(MOST_THREADS, count));
    }
    return new CpuKernels(precision.precision, count);
  }
}
