package brink.bench.rows;

import brink.bench.torch.TorchLoss;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Landscape;
import brink.trainer.landscape.Linearization;
import brink.trainer.random.RandomStream;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The same loss on the engine and on libtorch, at the same weights. */
final class Contest implements AutoCloseable {
  /** Vectors that {@link #hessianVectorProducts} multiplies at once. */
  static final int PAIR = 2;

  private final Kernels kernels;
  private final Landscape engine;
  private final TorchLoss peer;
  private final Tensor weights;
  private final Tensor vector;
  private final Tensor image;
  private final Tensor pair;
  private final Tensor pairImage;
  private final @Nullable Runnable unit;
  private @Nullable Linearization here;

  /**
   * @param engine its kernels are closed with the contest
   * @param weights where both begin, in the engine's order
   * @param unit the engine's matrix product X·W of the first layer; null where there is none
   */
  Contest(Landscape engine, TorchLoss peer, double[] weights, long seed, @Nullable Runnable unit) {
    this.engine = engine;
    this.peer = peer;
    this.unit = unit;
    kernels = engine.kernels();
    this.weights = kernels.allocate(1, engine.dimension());
    vector = kernels.allocate(1, engine.dimension());
    image = kernels.allocate(1, engine.dimension());
    pair = kernels.allocate(PAIR, engine.dimension());
    pairImage = kernels.allocate(PAIR, engine.dimension());
    Random random = RandomStream.of("bench vector", seed);
    goTo(weights);
    setVector(normal(engine.dimension(), random));
    pair.set(normal(PAIR * engine.dimension(), random));
  }

  private static double[] normal(int length, Random random) {
    double[] values = new double[length];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }

  /** Moves both to other weights. */
  void goTo(double[] w) {
    weights.set(w);
    peer.setWeights(w);
  }

  /** Chooses v of the Hessian-vector products of both. */
  void setVector(double[] v) {
    vector.set(v);
    peer.setVector(v);
  }

  Kernels kernels() {
    return kernels;
  }

  Landscape engine() {
    return engine;
  }

  TorchLoss peer() {
    return peer;
  }

  /** The engine's matrix product X·W of the first layer; null where there is none. */
  @Nullable Runnable unit() {
    return unit;
  }

  /** The engine's loss and gradient. */
  void gradient() {
    here = engine.linearize(weights);
  }

  /** The engine's loss after {@link #gradient}. */
  double loss() {
    return linearization().loss();
  }

  /** What {@link #gradient} found. */
  double[] gradientFound() {
    return linearization().gradient().get();
  }

  /** The engine's ∇²L·v where {@link #gradient} was. */
  void hessianVectorProduct() {
    linearization().hessianVectorProduct(vector, image);
  }

  /** The engine's products with {@link #PAIR} vectors at once. */
  void hessianVectorProducts() {
    linearization().hessianVectorProducts(pair, pairImage);
  }

  /** What {@link #hessianVectorProduct} found. */
  double[] productFound() {
    return image.get();
  }

  private Linearization linearization() {
    return Objects.requireNonNull(here, "gradient comes first");
  }

  @Override
  public void close() {
    peer.close();
    kernels.close();
  }
}
