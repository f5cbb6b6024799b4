package brink.bench;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.landscape.Landscape;
import brink.trainer.landscape.Linearization;
import brink.trainer.network.Examples;
import brink.trainer.network.Mlp;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What derivatives of a normalized network cost, beside the one matrix product X·W of its first
 * layer that bounds them from below: 3072-200-200-10, tanh, cross-entropy, 1 000 examples, float64.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class LinearizationBenchmark {
  private static final int EXAMPLES = 1_000;
  private static final int FEATURES = 3_072;
  private static final int WIDTH = 200;
  private static final int CLASSES = 10;

  private final Random random = new Random(1);
  private final Kernels kernels = new CpuKernels();
  private final Examples examples = examples();
  private final Landscape landscape;
  private final Tensor weights;
  private final Tensor vector;
  private final Tensor image;
  private final Tensor firstLayer = uniform(WIDTH, FEATURES);
  private final Tensor product = kernels.allocate(EXAMPLES, WIDTH);
  private final Linearization here;

  /** Builds the network on random data and linearizes it. */
  public LinearizationBenchmark() {
    Mlp network =
        Mlp.batchNormalized(List.of(WIDTH, WIDTH), Activation.TANH, Loss.SOFTMAX_CROSS_ENTROPY);
    landscape = network.landscape(kernels, examples, null, 1);
    weights = kernels.allocate(1, landscape.dimension());
    weights.set(network.initialWeights(FEATURES, 1));
    vector = uniform(1, landscape.dimension());
    image = kernels.allocate(1, landscape.dimension());
    here = landscape.linearize(weights);
  }

  private Tensor uniform(int rows, int columns) {
    Tensor tensor = kernels.allocate(rows, columns);
    tensor.set(random.doubles((long) rows * columns).map(u -> 2 * u - 1).toArray());
    return tensor;
  }

  private Examples examples() {
    double[] inputs = random.doubles((long) EXAMPLES * FEATURES).map(u -> 2 * u - 1).toArray();
    double[] targets = new double[EXAMPLES * CLASSES];
    for (int i = 0; i < EXAMPLES; i++) {
      targets[i * CLASSES + random.nextInt(CLASSES)] = 1;
    }
    return Examples.of(kernels, EXAMPLES, FEATURES, inputs, CLASSES, targets);
  }

  /** Gives the memory back. */
  @TearDown
  public void close() {
    kernels.close();
  }

  /** X·W of the first layer. */
  @Benchmark
  public Tensor matrixProduct() {
    kernels.gemm(false, true, 1, examples.inputs(), firstLayer, 0, product);
    return product;
  }

  /** Loss and gradient. */
  @Benchmark
  public Tensor gradient() {
    return landscape.linearize(weights).gradient();
  }

  /** One more Hessian-vector product where the network is linearized. */
  @Benchmark
  public Tensor hessianVectorProduct() {
    here.hessianVectorProduct(vector, image);
    return image;
  }
}
