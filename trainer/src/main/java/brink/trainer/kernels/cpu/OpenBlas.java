package brink.trainer.kernels.cpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * OpenBLAS, called straight on off-heap memory. JavaCPP only unpacks and loads the library, so any
 * version of it will do.
 */
final class OpenBlas implements MatrixProduct {
  // enum CBLAS_ORDER and CBLAS_TRANSPOSE of cblas.h
  private static final int ROW_MAJOR = 101;
  private static final int NO_TRANSPOSE = 111;
  private static final int TRANSPOSE = 112;

  private final MethodHandle dgemm;

  /**
   * Loads the library.
   *
   * @param threads upper bound of its threads, for the whole process
   * @throws LinkageError if there is none for this platform
   */
  OpenBlas(int threads) {
    Loader.load(openblas_nolapack.class);
    SymbolLookup library = SymbolLookup.loaderLookup();
    dgemm =
        function(
            library,
            "cblas_dgemm",
            FunctionDescriptor.ofVoid(
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_DOUBLE,
                ADDRESS,
                JAVA_INT,
                ADDRESS,
                JAVA_INT,
                JAVA_DOUBLE,
                ADDRESS,
                JAVA_INT));
    MethodHandle setThreads =
        function(library, "openblas_set_num_threads", FunctionDescriptor.ofVoid(JAVA_INT));
    try {
      setThreads.invokeExact(threads);
    } catch (Throwable failure) {
      throw impossible(failure);
    }
  }

  private static MethodHandle function(
      SymbolLookup library, String name, FunctionDescriptor signature) {
    MemorySegment address =
        library
            .find(name)
            .orElseThrow(() -> new UnsatisfiedLinkError("OpenBLAS has no function " + name));
    return Linker.nativeLinker().downcallHandle(address, signature);
  }

  @Override
  public String name() {
    return "OpenBLAS";
  }

  @Override
  public void multiply(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      double alpha,
      MemorySegment a,
      MemorySegment b,
      double beta,
      MemorySegment c) {
    try {
      dgemm.invokeExact(
          ROW_MAJOR,
          transposeA ? TRANSPOSE : NO_TRANSPOSE,
          transposeB ? TRANSPOSE : NO_TRANSPOSE,
          m,
          n,
          k,
          alpha,
          a,
          transposeA ? m : k,
          b,
          transposeB ? k : n,
          beta,
          c,
          n);
    } catch (Throwable failure) {
      throw impossible(failure);
    }
  }

  /** A C function throws nothing: what arrives here is a closed arena or an error of the JVM. */
  private static RuntimeException impossible(Throwable failure) {
    if (failure instanceof RuntimeException runtime) {
      return runtime;
    }
    throw new IllegalStateException("calling OpenBLAS failed", failure);
  }
}
