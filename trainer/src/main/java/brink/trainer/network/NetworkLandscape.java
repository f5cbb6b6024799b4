package brink.trainer.network;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Landscape;
import brink.trainer.landscape.Linearization;
import brink.trainer.landscape.Scores;
import brink.trainer.landscape.WeightBlock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mean training loss of a network over the full batch. For n examples, trained layers of widths
 * m₁ … m_l, k logits and D weights it keeps 6·n·Σmᵢ + 2·n·max(mᵢ, k) + 5·n·k + 2·D numbers beside
 * the data; n_test test examples add 2·n_test·(max(mᵢ, k) + k).
 *
 * <p>A Hessian-vector product costs two matrix products in the first layer and six in each further
 * trained one (a gradient: two and three), and reuses the passes of the linearization.
 */
public final class NetworkLandscape implements Landscape {
  private final Kernels kernels;
  private final Chain chain;
  private final List<NormalizedLayer> trained;
  private final LossHead head;
  private final Tensor weights;
  private final Tensor gradient;
  private final Examples train;
  private final @Nullable TestSet test;
  private long linearizations;
  private boolean passesAreCurrent;

  NetworkLandscape(
      Kernels kernels,
      List<NormalizedLayer> trained,
      Layer last,
      Loss loss,
      Examples train,
      @Nullable Examples test) {
    this.kernels = kernels;
    this.trained = List.copyOf(trained);
    this.train = train;
    List<Layer> layers = new ArrayList<>(trained);
    layers.add(last);
    chain = new Chain(kernels, layers, train.inputs());
    head = new LossHead(kernels, loss, train);
    weights = kernels.allocate(1, dimension());
    gradient = kernels.allocate(1, dimension());
    this.test = test == null ? null : TestSet.of(kernels, loss, test, chain.widest());
  }

  @Override
  public Kernels kernels() {
    return kernels;
  }

  @Override
  public int dimension() {
    return Math.toIntExact(trained.getLast().block().end());
  }

  @Override
  public List<WeightBlock> layers() {
    return trained.stream().map(NormalizedLayer::block).toList();
  }

  /**
   * {@inheritDoc}
   *
   * @throws ArithmeticException if a unit does not vary over the batch and ε = 0; names layer and
   *     unit
   */
  @Override
  public Linearization linearize(Tensor w) {
    kernels.copy(w, weights);
    linearizations++;
    double loss = runPrimalPasses();
    return new Passes(linearizations, loss);
  }

  private double runPrimalPasses() {
    double loss = head.evaluate(forward(weights), chain.outputAdjoint());
    chain.backward(weights, gradient);
    passesAreCurrent = true;
    return loss;
  }

  private Tensor forward(Tensor w) {
    Tensor logits = chain.forward(w);
    ConstantUnits.refuse(kernels, trained, w);
    return logits;
  }

  @Override
  public Scores evaluate(Tensor w) {
    passesAreCurrent = false;
    double trainLoss = head.evaluate(forward(w));
    Double trainAccuracy = train.classes() ? head.accuracy() : null;
    if (test == null) {
      return new Scores(trainLoss, trainAccuracy, null, null);
    }
    double testLoss = test.head().evaluate(chain.apply(w, test.inputs(), test.scratch()));
    Double testAccuracy = test.classes() ? test.head().accuracy() : null;
    return new Scores(trainLoss, trainAccuracy, testLoss, testAccuracy);
  }

  private final class Passes implements Linearization {
    private final long number;
    private final double loss;

    Passes(long number, double loss) {
      this.number = number;
      this.loss = loss;
    }

    @Override
    public double loss() {
      return loss;
    }

    @Override
    public Tensor gradient() {
      requireLatest();
      return gradient;
    }

    @Override
    public void hessianVectorProduct(Tensor v, Tensor result) {
      requireLatest();
      if (!passesAreCurrent) { // an evaluation ran other weights through the layers
        runPrimalPasses();
      }
      head.tangent(chain.tangent(weights, v), chain.outputAdjointTangent());
      chain.backwardTangent(weights, v, result);
    }

    private void requireLatest() {
      if (number != linearizations) {
        throw new IllegalStateException("the landscape was linearized again after this");
      }
    }
  }

  /** Test examples with what evaluating them needs. */
  private record TestSet(Tensor inputs, boolean classes, LossHead head, List<Tensor> scratch) {
    static TestSet of(Kernels kernels, Loss loss, Examples examples, int widest) {
      return new TestSet(
          examples.inputs(),
          examples.classes(),
          new LossHead(kernels, loss, examples),
          List.of(
              kernels.allocate(examples.size(), widest),
              kernels.allocate(examples.size(), widest)));
    }
  }
}
