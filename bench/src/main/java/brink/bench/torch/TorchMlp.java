package brink.bench.torch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * {@code Linear(bias=False), BatchNorm1d(affine=False, eps=0), Tanh} for each hidden layer, and a
 * linear layer that is not trained.
 */
public final class TorchMlp implements TorchNetwork {
  private final int features;
  private final List<TorchWeight> weights = new ArrayList<>();
  private final Tensor last;

  /**
   * @param frozen weights of the last layer, classes×(last width), row-major
   */
  public TorchMlp(int features, List<Integer> hidden, double[] frozen, torch.ScalarType type) {
    this.features = features;
    int inputs = features;
    for (int width : hidden) {
      weights.add(TorchWeight.matrix(width, inputs));
      inputs = width;
    }
    last = Torch.tensor(frozen, type, frozen.length / inputs, inputs);
  }

  @Override
  public List<TorchWeight> weights() {
    return weights;
  }

  @Override
  public long[] inputShape() {
    return new long[] {features};
  }

  @Override
  public Tensor logits(Tensor inputs, List<Tensor> trained) {
    Tensor x = inputs;
    for (Tensor weight : trained) {
      x = torch.tanh(Torch.batchNorm(torch.linear(x, weight)));
    }
    return torch.linear(x, last);
  }
}
