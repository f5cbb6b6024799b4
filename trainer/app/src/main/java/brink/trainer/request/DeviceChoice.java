package brink.trainer.request;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Precision;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.kernels.cuda.Arithmetic;
import brink.trainer.kernels.cuda.CudaException;
import brink.trainer.kernels.cuda.CudaKernels;
import brink.trainer.kernels.cuda.LibraryFolders;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where and in which floating-point format to compute.
 *
 * @param name of the device
 * @param precision format of numbers and of matrix products
 * @param spill whether the GPU works on slices of what lies in the machine's memory
 * @param threads that compute on the processor; null for one for each
 */
public record DeviceChoice(
    DeviceName name, Arithmetic precision, Spilling spill, @Nullable Integer threads) {
  /** More than the largest machines have processors. */
  private static final int MOST_THREADS = 1024;

  /**
   * Kernels as chosen; the caller closes them.
   *
   * @param notes told what {@code auto} took, and why
   * @throws OptionException if the device cannot be used, or there cannot be so few or many threads
   */
  public Kernels open(Consumer<String> notes) {
    return open(LibraryFolders.of(System.getenv()), notes);
  }

  Kernels open(LibraryFolders folders, Consumer<String> notes) {
    return switch (name) {
      case DeviceName.Cpu _ -> openCpu();
      case DeviceName.Cuda(int ordinal) -> openCuda(folders, ordinal);
      case DeviceName.Auto _ -> openAuto(folders, notes);
    };
  }

  private Kernels openCuda(LibraryFolders folders, int ordinal) {
    try {
      return CudaKernels.open(folders, ordinal, precision);
    } catch (CudaException e) {
      throw new OptionException("--device cuda:" + ordinal + ": " + e.getMessage());
    }
  }

  private Kernels openAuto(LibraryFolders folders, Consumer<String> notes) {
    if (precision == Arithmetic.TF32 || precision == Arithmetic.BF16X9) {
      return openCuda(folders, 0);
    }
    String note = "";
    Kernels kernels;
    try {
      kernels = CudaKernels.open(folders, 0, precision);
    } catch (CudaException e) {
      note = ": " + e.getMessage();
      kernels = openCpu();
    }
    notes.accept("--device auto takes " + kernels.device() + note);
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
                      .formatted(precision.label()));
        };
    return new CpuKernels(format, count);
  }
}
