package brink.bench.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * The mean cross-entropy of a network over the full batch, with its derivatives by automatic
 * differentiation. Every operation leaves its result in {@link #result}, so that timing it does not
 * time the copy to Java. For one thread.
 */
public final class TorchLoss implements AutoCloseable {
  private final TorchNetwork network;
  private final torch.ScalarType type;
  private final Tensor inputs;
  private final Tensor labels;
  private final List<Tensor> weights = new ArrayList<>();
  private @Nullable TensorVector leaves;
  private @Nullable TensorVector retainedGradient;
  private @Nullable Tensor vector;
  private @Nullable Tensor result;
  private double loss = Double.NaN;

  /**
   * @param type of all numbers
   * @param inputs n×features, row-major, as the engine has them
   * @param labels class of each example
   */
  public TorchLoss(TorchNetwork network, torch.ScalarType type, double[] inputs, long[] labels) {
    this.network = network;
    this.type = type;
    this.inputs = kept(() -> network.batch(inputs, labels.length, type));
    this.labels = kept(() -> Tensor.create(labels, labels.length));
  }

  /** Goes to other weights, in the engine's order; forgets the retained graph. */
  public void setWeights(double[] flat) {
    release(retainedGradient);
    retainedGradient = null;
    release(leaves);
    weights.forEach(TorchLoss::release);
    weights.clear();
    int offset = 0;
    for (TorchWeight weight : network.weights()) {
      double[] part = new double[weight.length()];
      System.arraycopy(flat, offset, part, 0, part.length);
      weights.add(
          kept(
              () ->
                  weight
                      .toTorch(Torch.tensor(part, type, part.length))
                      .detach()
                      .clone()
                      .requires_grad_(true)));
      offset += part.length;
    }
    if (offset != flat.length) {
      throw new IllegalArgumentException(flat.length + " weights, the network has " + offset);
    }
    leaves = kept(() -> new TensorVector(weights.toArray(Tensor[]::new)));
  }

  /** Chooses v of the Hessian-vector products, in the engine's order. */
  public void setVector(double[] flat) {
    release(vector);
    vector = kept(() -> inTorchOrder(flat));
  }

  private Tensor inTorchOrder(double[] flat) {
    List<Tensor> parts = new ArrayList<>();
    long offset = 0;
    Tensor whole = Torch.tensor(flat, type, flat.length);
    for (TorchWeight weight : network.weights()) {
      parts.add(weight.toTorch(whole.narrow(0, offset, weight.length())).reshape(weight.length()));
      offset += weight.length();
    }
    return torch.cat(new TensorVector(parts.toArray(Tensor[]::new)));
  }

  /** Loss and gradient: one forward and one backward pass. */
  public void gradient() {
    onAllThreads(() -> keep(() -> Torch.grad(forward(), leaves(), false, false)));
  }

  /** Keeps the graph of the gradient, as those do who want many products at one point. */
  public void retainGraph() {
    release(retainedGradient);
    onAllThreads(() -> retainedGradient = kept(() -> Torch.grad(forward(), leaves(), true, true)));
  }

  /** ∇²L·v by one more backward pass through the graph of {@link #retainGraph}. */
  public void retainedHessianVectorProduct() {
    TensorVector gradient = Objects.requireNonNull(retainedGradient, "retainGraph comes first");
    onAllThreads(() -> keep(() -> Torch.grad(inner(gradient), leaves(), true, false)));
  }

  /** ∇²L·v from nothing: forward, backward, and backward again. */
  public void hessianVectorProduct() {
    onAllThreads(
        () ->
            keep(
                () -> {
                  TensorVector gradient = Torch.grad(forward(), leaves(), true, true);
                  return Torch.grad(inner(gradient), leaves(), false, false);
                }));
  }

  /** The engine keeps OpenBLAS, which libtorch shares, to one thread: it has a team of its own. */
  private static void onAllThreads(Runnable work) {
    openblas_nolapack.blas_set_num_threads(torch.get_num_threads());
    try {
      work.run();
    } finally {
      openblas_nolapack.blas_set_num_threads(1);
    }
  }

  /** L of the last forward pass. */
  public double loss() {
    return loss;
  }

  /** The last gradient or product, in the engine's order. */
  public double[] result() {
    Tensor flat = Objects.requireNonNull(result, "nothing was computed");
    try (PointerScope _ = new PointerScope()) {
      List<Tensor> parts = new ArrayList<>();
      long offset = 0;
      for (int i = 0; i < weights.size(); i++) {
        TorchWeight weight = network.weights().get(i);
        Tensor part = flat.narrow(0, offset, weight.length()).reshape(weights.get(i).shape());
        parts.add(weight.toEngine(part));
        offset += weight.length();
      }
      return Torch.values(torch.cat(new TensorVector(parts.toArray(Tensor[]::new))));
    }
  }

  private Tensor forward() {
    Tensor value = torch.cross_entropy_loss(network.logits(inputs, weights), labels);
    loss = value.item_double();
    return value;
  }

  /** ⟨gradient, v⟩ of the flattened gradient ({@code parameters_to_vector}). */
  private Tensor inner(TensorVector gradient) {
    return flat(gradient).mul(Objects.requireNonNull(vector, "setVector comes first")).sum();
  }

  private void keep(Supplier<TensorVector> parts) {
    release(result);
    result = kept(() -> flat(parts.get()));
  }

  private static Tensor flat(TensorVector parts) {
    Tensor[] flattened = new Tensor[Math.toIntExact(parts.size())];
    for (int i = 0; i < flattened.length; i++) {
      flattened[i] = parts.get(i).reshape(-1);
    }
    return torch.cat(new TensorVector(flattened));
  }

  private TensorVector leaves() {
    return Objects.requireNonNull(leaves, "setWeights comes first");
  }

  /** What outlives the scope it is made in, until it is released. */
  private static <P extends Pointer> P kept(Supplier<P> made) {
    try (PointerScope _ = new PointerScope()) {
      return made.get().retainReference();
    }
  }

  private static void release(@Nullable Pointer pointer) {
    if (pointer != null) {
      pointer.close();
    }
  }

  /** Frees all tensors. */
  @Override
  public void close() {
    release(retainedGradient);
    release(leaves);
    weights.forEach(TorchLoss::release);
    release(vector);
    release(result);
    release(inputs);
    release(labels);
  }
}
