package brink.trainer.kernels.cuda;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.kernels.Kernels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Assumptions;

/**
 * A GPU where there is none: the kernels and a stand-in for the driver, cuBLAS and cuDNN, compiled
 * by g++ into one library (src/test/cuda), under the sonames of all three.
 */
public final class Emulation {
  private static final List<String> SONAMES =
      List.of("libcuda.so.1", "libcublas.so.13", "libcudnn.so.9");

  private static final ReentrantLock BUILDING = new ReentrantLock();

  private Emulation() {}

  /**
   * The folder with all three libraries, built at first use; the test is skipped without g++, or
   * fails if BRINK_CHECKS=all.
   */
  public static Path folder() {
    BUILDING.lock();
    try {
      if (!hasCompiler()) {
        assertThat(System.getenv("BRINK_CHECKS")).as("g++ is needed").isNotEqualTo("all");
        Assumptions.abort("needs g++");
      }
      Path folder = Path.of("target", "cuda-emulation", CudaSources.hash());
      if (!Files.exists(folder.resolve(SONAMES.getLast()))) {
        run(
            List.of(
                "bash", CudaSources.EMULATION.resolve("build.sh").toString(), folder.toString()));
      }
      return folder.toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      BUILDING.unlock();
    }
  }

  /**
   * All three libraries; those of the machine with BRINK_CUDA_TEST=gpu, so that the tests of the
   * emulated device become tests of a real one.
   */
  public static LibraryFolders libraries() {
    return isReal() ? LibraryFolders.of(System.getenv()) : LibraryFolders.only(folder());
  }

  private static boolean isReal() {
    return "gpu".equals(System.getenv("BRINK_CUDA_TEST"));
  }

  /** The driver alone. */
  static LibraryFolders driverOnly() {
    return LibraryFolders.only(folder().resolve("driver"));
  }

  /** All but cuDNN. */
  static LibraryFolders withoutDnn() {
    return LibraryFolders.only(folder().resolve("driver-and-blas"));
  }

  private static boolean hasCompiler() {
    return List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "g++")));
  }

  static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new AssertionError(command.getFirst() + " failed:\n" + output);
    }
  }

  /** How many devices there are from now on. */
  static void setDevices(int devices) {
    call("emulation_set_devices", FunctionDescriptor.ofVoid(JAVA_INT), devices);
  }

  /** Compute capability of the devices from now on. */
  public static void setCapability(int major, int minor) {
    call("emulation_set_capability", FunctionDescriptor.ofVoid(JAVA_INT, JAVA_INT), major, minor);
  }

  /** Version of cuBLAS from now on. */
  static void setBlas(int major, int minor) {
    call("emulation_set_blas", FunctionDescriptor.ofVoid(JAVA_INT, JAVA_INT), major, minor);
  }

  /** Everything as it is at first; a real device is left alone. */
  public static void reset() {
    if (!isReal()) {
      setDevices(1);
      setCapability(9, 0);
      setBlas(13, 0);
      setMemory(1L << 30);
    }
  }

  /**
   * Kernels in bf16x9 on the first device, which has to be one of those that offer it; the caller
   * calls {@link #reset} afterwards. The test is skipped if a real device does not.
   */
  public static CudaKernels bf16x9() {
    if (!isReal()) {
      setCapability(10, 0);
      return CudaKernels.open(libraries(), 0, Arithmetic.BF16X9);
    }
    try {
      return CudaKernels.open(libraries(), 0, Arithmetic.BF16X9);
    } catch (NotOfferedException e) {
      return Assumptions.abort(String.valueOf(e.getMessage()));
    }
  }

  /** Products that were made of products of bfloat16, so far. */
  static long bf16x9Products() {
    return (long) call("emulation_bf16x9_products", FunctionDescriptor.of(JAVA_LONG));
  }

  /** Memory of the device from now on. */
  public static void setMemory(long bytes) {
    call("emulation_set_memory", FunctionDescriptor.ofVoid(JAVA_LONG), bytes);
  }

  /**
   * Kernels on the first device that work on slices of what has many rows.
   *
   * @param rows number from which on they are many
   * @param room bytes of a slice
   */
  public static Kernels slices(Arithmetic arithmetic, int rows, long room) {
    return CudaKernels.open(libraries(), 0, arithmetic).spilling(rows, room);
  }

  /** Bytes of the device's memory that are taken, if known. */
  public static long used() {
    return isReal() ? 0 : (long) call("emulation_used", FunctionDescriptor.of(JAVA_LONG));
  }

  /** How often the machine has waited for the device's streams, if known. */
  public static long waits() {
    return isReal() ? 0 : (long) call("emulation_waits", FunctionDescriptor.of(JAVA_LONG));
  }

  /** Allocations, streams, handles and descriptors that have not been given back, if known. */
  public static long objects() {
    return isReal() ? 0 : (long) call("emulation_objects", FunctionDescriptor.of(JAVA_LONG));
  }

  private static Object call(String function, FunctionDescriptor signature, Object... arguments) {
    Path library = folder().resolve(SONAMES.getFirst());
    SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
    try {
      Object result =
          Linker.nativeLinker()
              .downcallHandle(symbols.findOrThrow(function), signature)
              .invokeWithArguments(arguments);
      return result == null ? "" : result;
    } catch (Throwable failure) {
      throw new AssertionError("call of " + function, failure);
    }
  }
}
