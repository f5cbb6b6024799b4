package brink.trainer.kernels.cpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import brink.trainer.kernels.Precision;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * OpenBLAS, called straight on off-heap memory, on the calling thread. JavaCPP only unpacks and
 * loads the library, so any version of it will do.
 */
final class OpenBlas implements MatrixProduct {
  // enum CBLAS_ORDER and CBLAS_TRANSPOSE of cblas.h
  private static final int ROW_MAJOR = 101;
  private static final int NO_TRANSPOSE = 111;
  private static final int TRANSPOSE = 112;

  private final MethodHandle sgemm;
  private final MethodHandle dgemm;

  /**
   * Loads the library and keeps it from starting threads, for the whole process.
   *
   * @throws LinkageError if there is none for this platform
   */
  OpenBlas() {
    Loader.load(openblas_nolapack.class);
    SymbolLookup library = SymbolLookup.loaderLookup();
    sgemm = function(library, "cblas_sgemm", gemm(JAVA_FLOAT));
    dgemm = function(library, "cblas_dgemm", gemm(JAVA_DOUBLE));
    MethodHandle setThreads =
        function(library, "openblas_set_num_threads", FunctionDescriptor.ofVoid(JAVA_INT));
    try {
      setThreads.invokeExact(1);
    } catch (Throwable failure) {
      throw impossible(failure);
    }
  }

  private static FunctionDescriptor gemm(ValueLayout number) {
    return FunctionDescriptor.ofVoid(
        JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, number, ADDRESS, JAVA_INT,
        ADDRESS, JAVA_INT, number, ADDRESS, JAVA_INT);
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
      Precision precision,
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      double alpha,
      MemorySegment a,
      int strideA,
      MemorySegment b,
      int strideB,
      double beta,
      MemorySegment c,
      int strideC) {
    int opA = transposeA ? TRANSPOSE : NO_TRANSPOSE;
    int opB = transposeB ? TRANSPOSE : NO_TRANSPOSE;
    try {
      switch (precision) {
        case FLOAT64 ->
            dgemm.invokeExact(
                ROW_MAJOR, opA, opB, m, n, k, alpha, a, strideA, b, strideB, beta, c, strideC);
        case FLOAT32 ->
            sgemm.invokeExact(
                ROW_MAJOR,
                opA,
                opB,
                m,
                n,
                k,
                (float) alpha,
                a,
                strideA,
                b,
                strideB,
                (float) beta,
                c,
                strideC);
      }
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
