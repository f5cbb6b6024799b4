package brink.trainer.kernels.cuda;

import java.util.List;
import java.util.Optional;

/**
 * Which devices and versions of cuBLAS make products of float32 of nine products of bfloat16: each
 * factor is a₀ + 2⁻⁸·a₁ + 2⁻¹⁶·a₂ exactly, and sums are kept in float32. Elsewhere cuBLAS takes the
 * same setting and computes as if it had not been given.
 *
 * @see <a href="https://docs.nvidia.com/cuda/cublas/#floating-point-emulation">cuBLAS, Floating
 *     Point Emulation</a>
 */
final class Bf16x9 {
  /** The function by which cuBLAS is told when to do so. */
  static final String SET_STRATEGY = "cublasSetEmulationStrategy";

  /**
   * CUBLAS_EMULATION_STRATEGY_PERFORMANT of cublas_api.h: wherever it is faster. Unlike the default
   * one it does not depend on an environment variable.
   */
  static final int PERFORMANT = 1;

  /** A compute capability. */
  private record Capability(int major, int minor) {}

  // "Floating Point Emulation Support Overview" of that documentation
  private static final List<Capability> CAPABILITIES =
      List.of(new Capability(10, 0), new Capability(10, 3));

  private static final int FIRST_MAJOR = 12;
  private static final int FIRST_MINOR = 9;

  private static final String INSTEAD = "use --precision float32 or tf32";

  private Bf16x9() {}

  /** What is missing and what to do about it, in one line; empty if nothing is. */
  static Optional<String> lack(DeviceInfo device, CuBlas.Version blas) {
    if (!CAPABILITIES.contains(new Capability(device.major(), device.minor()))) {
      return Optional.of(
          "bf16x9 needs compute capability 10.0 or 10.3, and %s (%s) has %d.%d: %s"
              .formatted(device.id(), device.name(), device.major(), device.minor(), INSTEAD));
    }
    if (!blas.isFrom(FIRST_MAJOR, FIRST_MINOR)) {
      return Optional.of(
          "bf16x9 needs cuBLAS %d.%d or newer, and this is %s: install a newer one, or %s"
              .formatted(FIRST_MAJOR, FIRST_MINOR, blas, INSTEAD));
    }
    return Optional.empty();
  }
}
