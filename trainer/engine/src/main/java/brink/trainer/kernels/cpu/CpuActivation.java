package brink.trainer.kernels.cpu;

import brink.trainer.kernels.Activation;

/** Activations that no normalization precedes, entry by entry. */
final class CpuActivation {
  private CpuActivation() {}

  private static RowBlock entries(Team team, CpuTensor x) {
    return RowBlock.of(team, Math.toIntExact(x.length()), 1);
  }

  /** y ← φ(x). */
  static void values(Team team, Activation phi, CpuTensor x, CpuTensor y) {
    entries(team, x)
        .each(
            (at, n, scratch) -> {
              double[] values = scratch.tile(1, n);
              Activations.values(phi, x.read(at, n, scratch, 0), values, n);
              y.write(at, values, n, scratch);
            });
  }

  /** result ← φ′(x)∘v. */
  static void product(Team team, Activation phi, CpuTensor x, CpuTensor v, CpuTensor result) {
    entries(team, x)
        .each(
            (at, n, scratch) -> {
              double[] slopes = slopes(phi, x.read(at, n, scratch, 0), n, scratch);
              double[] numbers = v.read(at, n, scratch, 3);
              for (int i = 0; i < n; i++) {
                numbers[i] *= slopes[i];
              }
              result.write(at, numbers, n, scratch);
            });
  }

  /** result ← φ′(x)∘adjointTangent + φ″(x)∘ẋ∘adjoint. */
  static void productTangent(
      Team team,
      Activation phi,
      CpuTensor x,
      CpuTensor xTangent,
      CpuTensor adjoint,
      CpuTensor adjointTangent,
      CpuTensor result) {
    entries(team, x)
        .each(
            (at, n, scratch) -> {
              double[] from = x.read(at, n, scratch, 0);
              double[] slopes = slopes(phi, from, n, scratch);
              double[] bends = scratch.tile(3, n);
              Activations.bends(phi, from, scratch.tile(1, n), bends, n);
              double[] inputTangent = xTangent.read(at, n, scratch, 4);
              double[] outer = adjoint.read(at, n, scratch, 5);
              double[] outerTangent = adjointTangent.read(at, n, scratch, 6);
              for (int i = 0; i < n; i++) {
                outerTangent[i] =
                    slopes[i] * outerTangent[i] + bends[i] * inputTangent[i] * outer[i];
              }
              result.write(at, outerTangent, n, scratch);
            });
  }

  /** φ′(x), in tile 2; φ(x) stays in tile 1. */
  private static double[] slopes(Activation phi, double[] x, int n, ThreadScratch scratch) {
    double[] values = scratch.tile(1, n);
    double[] slopes = scratch.tile(2, n);
    Activations.values(phi, x, values, n);
    Activations.slopes(phi, x, values, slopes, n);
    return slopes;
  }
}
