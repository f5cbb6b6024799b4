package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Precision;
import java.lang.foreign.Arena;
import java.util.List;

/** Matrix products by cuBLAS, on a device's stream. */
final class CuBlas {
  private static final List<String> SONAMES = List.of("libcublas.so.13", "libcublas.so.12");

  // Loaded first, since the linker may not look for it where cuBLAS was found.
  private static final List<String> COMPANIONS = List.of("libcublasLt.so.13", "libcublasLt.so.12");

  private static final List<String> FUNCTIONS =
      List.of(
          "cublasCreate_v2",
          "cublasDestroy_v2",
          "cublasGetProperty",
          "cublasGetStatusString",
          "cublasSetStream_v2",
          "cublasSetMathMode",
          "cublasSetWorkspace_v2",
          "cublasSgemm_v2",
          "cublasDgemm_v2");

  private static final String REMEDY =
      "install NVIDIA's CUDA libraries 13 or 12, set "
          + LibraryFolders.VARIABLE
          + " to their folder, or use --device cpu";

  /**
   * What cuBLAS's documentation recommends for Hopper; less would do for older devices. A workspace
   * of our own keeps it from allocating, and results the same from call to call.
   */
  private static final long WORKSPACE = 32 << 20;

  private static final int TRANSPOSE = 1;

  private final NativeLibrary library;
  private final Device device;
  private final Precision precision;
  private final Slots slots;
  private final long handle;

  private CuBlas(NativeLibrary library, Device device, Arithmetic arithmetic) {
    this.library = library;
    this.device = device;
    precision = arithmetic.precision();
    slots = new Slots(device.arena(), 2);
    call("cublasCreate_v2", slots.address(0));
    handle = slots.getLong(0);
    call("cublasSetStream_v2", handle, device.stream());
    call("cublasSetWorkspace_v2", handle, device.allocate(WORKSPACE), WORKSPACE);
    set(arithmetic);
    if (arithmetic == Arithmetic.BF16X9) {
      call(Bf16x9.SET_STRATEGY, handle, Bf16x9.PERFORMANT);
    }
    device.atClose(() -> call("cublasDestroy_v2", handle));
  }

  /**
   * The library, whichever version is there.
   *
   * @throws CudaException if there is none
   */
  static NativeLibrary library(LibraryFolders folders) {
    NativeLibrary.find(folders, COMPANIONS);
    NativeLibrary library = NativeLibrary.find(folders, SONAMES);
    if (library == null) {
      throw new CudaException("no cuBLAS (" + String.join(" or ", SONAMES) + "): " + REMEDY);
    }
    library.require(FUNCTIONS, REMEDY);
    return library;
  }

  /**
   * cuBLAS on a device.
   *
   * @throws NotOfferedException if it does not offer the arithmetic there
   * @throws CudaException if there is none
   */
  static CuBlas open(LibraryFolders folders, Device device, Arithmetic arithmetic) {
    NativeLibrary library = library(folders);
    if (arithmetic == Arithmetic.BF16X9) {
      Bf16x9.lack(device.info(), version(library))
          .ifPresent(
              lack -> {
                throw new NotOfferedException(lack);
              });
      library.require(List.of(Bf16x9.SET_STRATEGY), REMEDY);
    }
    return new CuBlas(library, device, arithmetic);
  }

  /** A version of cuBLAS. */
  record Version(int major, int minor, int patch) {
    boolean isFrom(int firstMajor, int firstMinor) {
      return major > firstMajor || (major == firstMajor && minor >= firstMinor);
    }

    /** Such as "cuBLAS 13.1.0". */
    @Override
    public String toString() {
      return "cuBLAS %d.%d.%d".formatted(major, minor, patch);
    }
  }

  /** Needs no device. */
  static Version version(NativeLibrary library) {
    try (Arena arena = Arena.ofConfined()) {
      Slots parts = new Slots(arena, 3);
      for (int part = 0; part < 3; part++) { // MAJOR_VERSION, MINOR_VERSION, PATCH_LEVEL
        library.call("cublasGetProperty", part, parts.address(part));
      }
      return new Version(parts.getInt(0), parts.getInt(1), parts.getInt(2));
    }
  }

  /** What products are made of from now on; of the same precision. */
  void set(Arithmetic arithmetic) {
    device.driver();
    call("cublasSetMathMode", handle, arithmetic.blasMath());
  }

  /** Such as "cuBLAS 13.1.0". */
  String version() {
    return version(library).toString();
  }

  /**
   * c ← alpha·op(a)·op(b) + beta·c for row-major matrices without gaps: m×k, k×n, m×n.
   *
   * @param a address, as are b and c
   */
  void multiply(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      double alpha,
      long a,
      long b,
      double beta,
      long c) {
    device.driver();
    put(0, alpha);
    put(1, beta);
    // cuBLAS stores columns: it computes the transpose, whose factors are exchanged.
    call(
        precision == Precision.FLOAT32 ? "cublasSgemm_v2" : "cublasDgemm_v2",
        handle,
        transposeB ? TRANSPOSE : 0,
        transposeA ? TRANSPOSE : 0,
        n,
        m,
        k,
        slots.address(0),
        b,
        transposeB ? k : n,
        a,
        transposeA ? m : k,
        slots.address(1),
        c,
        n);
  }

  /** c ← alpha·op(a)·op(b) + beta·c, of shapes that fit. */
  void multiply(
      boolean transposeA,
      boolean transposeB,
      double alpha,
      CudaTensor a,
      CudaTensor b,
      double beta,
      CudaTensor c) {
    int inner = transposeA ? a.rows() : a.columns();
    multiply(
        transposeA,
        transposeB,
        c.rows(),
        c.columns(),
        inner,
        alpha,
        a.address(),
        b.address(),
        beta,
        c.address());
  }

  private void put(int slot, double value) {
    switch (precision) {
      case FLOAT32 -> slots.set(slot, (float) value);
      case FLOAT64 -> slots.set(slot, value);
    }
  }

  private void call(String function, Object... arguments) {
    int status = library.call(function, arguments);
    if (status != 0) {
      throw new CudaException(
          "%s: %s (%d); if it happens again, run with --device cpu"
              .formatted(
                  function,
                  Slots.string(library.callLong("cublasGetStatusString", status)),
                  status));
    }
  }
}
