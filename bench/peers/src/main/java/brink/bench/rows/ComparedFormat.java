package brink.bench.rows;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Precision;
import brink.trainer.kernels.cpu.CpuKernels;
import org.bytedeco.pytorch.global.torch;

/** The numbers that both sides compute with. */
enum ComparedFormat {
  FLOAT32(Precision.FLOAT32, torch.ScalarType.Float),
  FLOAT64(Precision.FLOAT64, torch.ScalarType.Double);

  private final Precision precision;
  private final torch.ScalarType type;

  ComparedFormat(Precision precision, torch.ScalarType type) {
    this.precision = precision;
    this.type = type;
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

  @Override
  public String toString() {
    return precision.label();
  }
}
