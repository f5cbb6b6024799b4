package brink.bench.torch;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** A network as a function of its weights. */
public interface TorchNetwork {
  /** Shapes of the weights, in the order in which the flat vector holds them. */
  List<TorchWeight> weights();

  /** Shape of one example as libtorch takes it, for example 3×32×32. */
  long[] inputShape();

  /**
   * The logits of a batch.
   *
   * @param inputs n×{@link #inputShape}
   * @param weights as many as {@link #weights}
   * @return n×classes
   */
  Tensor logits(Tensor inputs, List<Tensor> weights);
}
