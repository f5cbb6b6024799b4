package brink.trainer.cli;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Precision;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.kernels.cuda.Arithmetic;
import brink.trainer.kernels.cuda.CudaException;
import brink.trainer.kernels.cuda.CudaKernels;
import brink.trainer.kernels.cuda.LibraryFolders;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where and in which floating-point format to compute. */
public final class DeviceOptions {
  /** Formats by their names on the command line. */
  public enum PrecisionName {
    FLOAT32(Arithmetic.FLOAT32),
    TF32(Arithmetic.TF32),
    BF16X9(Arithmetic.BF16X9),
    FLOAT64(Arithmetic.FLOAT64);

    final Arithmetic arithmetic;

    PrecisionName(Arithmetic arithmetic) {
      this.arithmetic = arithmetic;
    }

    @Override
    public String toString() {
      return arithmetic.label();
    }
  }

  /** When what belongs to examples lies in the machine's memory, and a GPU works on slices. */
  public enum SpillName {
    AUTO,
    ON,
    OFF
  }

  /** More than the largest machines have processors. */
  private static final int MOST_THREADS = 1024;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      converter = DeviceName.Reader.class,
      description =
          "cpu, cuda or cuda:N for an NVIDIA GPU, or auto: the first GPU if it can be used"
              + " (default: ${DEFAULT-VALUE})",
      defaultValue = "cpu")
  public DeviceName device = new DeviceName.Cpu();

  @Option(
      names = "--precision",
      paramLabel = "FORMAT",
      description =
          "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); float32 takes half of the"
              + " memory, and its Hessian-vector products are off by about 1e-6; tf32 is float32"
              + " whose matrix products take ten bits of mantissa, on a GPU only; bf16x9 is as"
              + " accurate as float32, from nine products of bfloat16, on GPUs of compute"
              + " capability 10.0 or 10.3 with cuBLAS 12.9 or newer",
      defaultValue = "float64")
  public PrecisionName precision = PrecisionName.FLOAT64;

  @Option(
      names = "--spill",
      paramLabel = "WHEN",
      description =
          "${COMPLETION-CANDIDATES}: keep the activations of a network in the machine's memory,"
              + " and let the GPU work on slices of the batch; auto does if the GPU has no room"
              + " for all, and as before in a run that is resumed (default: ${DEFAULT-VALUE})",
      defaultValue = "AUTO")
  public SpillName spill = SpillName.AUTO;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "threads that compute on the cpu (default: one for each processor)")
  public @Nullable Integer threads;

  /**
   * Kernels as these options say; the caller closes them. What {@code auto} chose, and why, is
   * printed.
   *
   * @throws OptionException if the device cannot be used, or there cannot be so few or many threads
   */
  public Kernels open() {
    return open(LibraryFolders.of(System.getenv()));
  }

  Kernels open(LibraryFolders folders) {
    return switch (device) {
      case DeviceName.Cpu _ -> openCpu();
      case DeviceName.Cuda(int ordinal) -> openCuda(folders, ordinal);
      case DeviceName.Auto _ -> openAuto(folders);
    };
  }

  private Kernels openCuda(LibraryFolders folders, int ordinal) {
    try {
      return CudaKernels.open(folders, ordinal, precision.arithmetic);
    } catch (CudaException e) {
      throw new OptionException("--device cuda:" + ordinal + ": " + e.getMessage());
    }
  }

  private Kernels openAuto(LibraryFolders folders) {
    if (precision == PrecisionName.TF32 || precision == PrecisionName.BF16X9) {
      return openCuda(folders, 0);
    }
    String note = "";
    Kernels kernels;
    try {
      kernels = CudaKernels.open(folders, 0, precision.arithmetic);
    } catch (CudaException e) {
      note = ": " + e.getMessage();
      kernels = openCpu();
    }
    System.err.println("brink: --device auto takes " + kernels.device() + note);
    return kernels;
  }

  private Kernels openCpu() {
    int count = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    if (count < 1 || count > MOST_THREADS) {
      throw new OptionException(
          "--threads: must be from 1 to %d, not %d".formatted(MOST_THREADS, count));
    }
    Precision format =
        switch (precision) {
          case FLOAT32 -> Precision.FLOAT32;
          case FLOAT64 -> Precision.FLOAT64;
          case TF32, BF16X9 ->
              throw new OptionException(
                  "--precision %s needs an NVIDIA GPU: use --device cuda, or float32"
                      .formatted(precision));
        };
    return new CpuKernels(format, count);
  }
}
