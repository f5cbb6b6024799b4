package brink.bench.torch;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The few functions of libtorch that the peer uses, under the names that researchers know. */
public final class Torch {
  private Torch() {}

  /**
   * Loads libtorch, after unpacking it if this is the first time, and bounds its threads.
   *
   * @throws LinkageError if there is none for this platform
   */
  public static void load(int threads) {
    Loader.load(torch.class);
    torch.set_num_threads(threads);
  }

  /**
   * Waits until the threads of its matrix products are at rest: OpenBLAS has them spin for up to
   * 2²⁶ clock cycles after a product, some 30 ms that whoever comes next would pay for.
   */
  public static void rest() {
    LockSupport.parkNanos(100_000_000);
  }

  /** Version of libtorch and of its binding; does not load it. */
  public static String version() {
    try {
      return "libtorch " + Loader.getVersion("org.bytedeco", "pytorch");
    } catch (IOException missing) {
      return "libtorch of unknown version (" + missing.getMessage() + ")";
    }
  }

  /** Values as a tensor of some type. */
  static Tensor tensor(double[] values, torch.ScalarType type, long... shape) {
    return Tensor.create(values, shape).to(type);
  }

  /** The entries of a tensor, row-major. */
  static double[] values(Tensor tensor) {
    try (PointerScope _ = new PointerScope()) {
      double[] values = new double[Math.toIntExact(tensor.numel())];
      Tensor copy = tensor.detach().to(torch.ScalarType.Double).contiguous();
      new DoublePointer(copy.data_ptr()).get(values);
      return values;
    }
  }

  /** {@code torch.autograd.grad}. */
  static TensorVector grad(
      Tensor output, TensorVector inputs, boolean retainGraph, boolean createGraph) {
    return torch.grad(
        new TensorVector(output),
        inputs,
        new TensorVector(),
        new BoolOptional(retainGraph),
        createGraph,
        false);
  }

  /** Batch normalization by batch statistics, without affine parameters. */
  static Tensor batchNorm(Tensor x, double epsilon) {
    TensorOptional none = new TensorOptional();
    return torch.batch_norm(x, none, none, none, none, true, 0, epsilon, false);
  }

  /** Convolution with square filters, without bias. */
  static Tensor convolution(Tensor x, Tensor filters, long stride, long padding) {
    return torch.conv2d(
        x,
        filters,
        new TensorOptional(),
        new long[] {stride, stride},
        new long[] {padding, padding},
        new long[] {1, 1},
        1);
  }
}
