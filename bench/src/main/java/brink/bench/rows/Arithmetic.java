package brink.bench.rows;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Precision;
import brink.trainer.kernels.cpu.CpuKernels;
import org.bytedeco.pytorch.global.torch;

/** The numbers that both sides compute with. */
enum Arithmetic {
  FLOAT64(Precision.FLOAT64, torch.ScalarType.Double, 1e-10);

  private final Precision precision;
  private final torch.ScalarType type;
  private final double agreement;

  Arithmetic(Precision precision, torch.ScalarType type, double agreement) {
    this.precision = precision;
    this.type = type;
    this.agreement = agreement;
  }

  /** The engine's kernels. */
  Kernels kernels(int threads) {
    return new CpuKernels(precision, threads);
  }

  /** The engine's name of the type. */
  Precision precision() {
    return precision;
  }

  /** Libtorch's name of the type. */
  torch.ScalarType type() {
    return type;
  }

  /** Largest relative difference of two correct results. */
  double agreement() {
    return agreement;
  }

  @Override
  public String toString() {
    return precision.label();
  }
}
