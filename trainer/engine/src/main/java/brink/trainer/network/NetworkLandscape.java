package brink.trainer.network;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.VectorMap;
import brink.trainer.landscape.Landscape;
import brink.trainer.landscape.Scores;
import brink.trainer.landscape.WeightBlock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The mean training loss of a network over the full batch; {@link NetworkMemory} tells what it
 * keeps.
 *
 * <p>A Hessian-vector product costs two products of the {@link LinearMap} in the first layer and
 * six in each further trained one (a gradient: two and three), and reuses the passes of the
 * linearization. Two at once share those of a dense first layer with many inputs ({@link DataMap}).
 */
public final class NetworkLandscape implements Landscape {
  private final Kernels kernels;
  private final Chain chain;
  private final List<WeightLayout.Entry> layout;
  private final List<NormalizedUnits> normalized;
  private final LossHead head;
  private final Tensor weights;
  private final Tensor gradient;
  private final Examples train;
  private final @Nullable TestSet test;
  private final Runnable recordedPasses;
  private final VectorMap recordedTangent;
  private final @Nullable VectorMap recordedSharedTangents;
  private @Nullable Tensor logits;
  private long linearizations;
  private boolean passesAreCurrent;

  NetworkLandscape(
      Kernels kernels,
      Chain chain,
      List<WeightLayout.Entry> layout,
      List<NormalizedUnits> normalized,
      @Nullable DataMap dataMap,
      WeightedLoss loss,
      Examples train,
      @Nullable Examples test) {
    this.kernels = kernels;
    this.chain = chain;
    this.layout = layout;
    this.normalized = normalized;
    this.train = train;
    head = new LossHead(kernels, loss, train);
    weights = kernels.allocate(1, dimension());
    gradient = kernels.allocate(1, dimension());
    this.test = test == null ? null : TestSet.of(kernels, loss, test);
    recordedPasses = kernels.recorded(this::primalPasses);
    recordedTangent = kernels.recorded(dimension(), this::tangentPasses);
    recordedSharedTangents =
        dataMap == null
            ? null
            : kernels.recorded(
                Math.multiplyExact(DataMap.AT_ONCE, dimension()),
                (from, to) -> sharedTangentPasses(dataMap, from, to));
  }

  @Override
  public Kernels kernels() {
    return kernels;
  }

  @Override
  public int dimension() {
    return Math.toIntExact(layout.getLast().block().end());
  }

  @Override
  public List<WeightBlock> layers() {
    return layout.stream().map(WeightLayout.Entry::block).toList();
  }

  @Override
  public List<WeightBlock> scaleDependentLayers() {
    return layout.stream()
        .filter(entry -> !entry.scaleInvariant())
        .map(WeightLayout.Entry::block)
        .toList();
  }

  /**
   * {@inheritDoc}
   *
   * @return its loss refuses numbers that are normalized together, are all the same and have ε = 0,
   *     and names layer and unit
   */
  @Override
  public NetworkLinearization linearize(Tensor w) {
    kernels.copy(w, weights);
    linearizations++;
    runPrimalPasses();
    return new Passes(linearizations);
  }

  /** After other weights the layers have to be shown theirs again, which a recording does not. */
  private void runPrimalPasses() {
    if (passesAreCurrent) {
      recordedPasses.run();
    } else {
      primalPasses();
      passesAreCurrent = true;
    }
  }

  private void primalPasses() {
    logits = chain.forward(weights, train.inputs());
    head.evaluate(logits, chain.outputAdjoint());
    chain.backward(gradient, null);
  }

  /** From and to {@link DataMap#AT_ONCE} vectors one behind the other. */
  private void sharedTangentPasses(DataMap shared, Tensor from, Tensor to) {
    Tensor vectors = from.view(0, DataMap.AT_ONCE, dimension());
    Tensor results = to.view(0, DataMap.AT_ONCE, dimension());
    shared.begin(train.inputs(), vectors);
    try {
      for (int i = 0; i < vectors.rows(); i++) {
        shared.select(i);
        tangentPasses(vectors.row(i), results.row(i));
      }
    } finally {
      shared.selectNone();
    }
    shared.end(train.inputs(), results);
  }

  private Tensor logitsTangent(Tensor v) {
    return Objects.requireNonNull(chain.tangent(v, null), "a trained layer has a tangent");
  }

  private void tangentPasses(Tensor v, Tensor result) {
    Tensor logitsTangent = logitsTangent(v);
    Tensor adjointTangent = chain.outputScratch(train.size());
    head.tangent(logitsTangent, adjointTangent);
    chain.backwardTangent(adjointTangent, result, null);
  }

  /** The loss, which is NaN if any number before it was. */
  private double checkedLoss(Tensor w) {
    double loss = head.value();
    if (Double.isNaN(loss)) {
      NormalizedUnits.refuseConstant(kernels, normalized, w);
    }
    return loss;
  }

  @Override
  public Scores evaluate(Tensor w) {
    passesAreCurrent = false;
    head.evaluate(chain.forward(w, train.inputs()));
    double trainLoss = checkedLoss(w);
    Double trainAccuracy = train.classes() ? head.accuracy() : null;
    if (test == null) {
      return new Scores(trainLoss, trainAccuracy, null, null);
    }
    test.apply(chain, train.size());
    test.head().evaluate(test.logits());
    double testLoss = test.head().value();
    Double testAccuracy = test.classes() ? test.head().accuracy() : null;
    return new Scores(trainLoss, trainAccuracy, testLoss, testAccuracy);
  }

  private final class Passes implements NetworkLinearization {
    private final long number;
    private double loss;
    private boolean lossIsKnown;

    Passes(long number) {
      this.number = number;
    }

    @Override
    public double loss() {
      if (!lossIsKnown) {
        requireCurrentPasses();
        loss = checkedLoss(weights);
        lossIsKnown = true;
      }
      return loss;
    }

    @Override
    public Tensor gradient() {
      requireLatest();
      return gradient;
    }

    @Override
    public Tensor outputs() {
      requireCurrentPasses();
      return Objects.requireNonNull(logits, "linearize comes first");
    }

    @Override
    public Tensor jacobianVectorProduct(Tensor v) {
      requireCurrentPasses();
      return logitsTangent(v);
    }

    @Override
    public void hessianVectorProduct(Tensor v, Tensor result) {
      requireCurrentPasses();
      recordedTangent.apply(v, result);
    }

    @Override
    public void hessianVectorProducts(Tensor vectors, Tensor results) {
      requireCurrentPasses();
      int done = 0;
      if (recordedSharedTangents != null) {
        while (vectors.rows() - done >= DataMap.AT_ONCE) {
          recordedSharedTangents.apply(
              vectors.rows(done, DataMap.AT_ONCE), results.rows(done, DataMap.AT_ONCE));
          done += DataMap.AT_ONCE;
        }
      }
      for (int i = done; i < vectors.rows(); i++) {
        recordedTangent.apply(vectors.row(i), results.row(i));
      }
    }

    private void requireCurrentPasses() {
      requireLatest();
      if (!passesAreCurrent) { // an evaluation ran other weights through the layers
        runPrimalPasses();
      }
    }

    private void requireLatest() {
      if (number != linearizations) {
        throw new IllegalStateException("the landscape was linearized again after this");
      }
    }
  }

  /** Test examples with what evaluating them needs. */
  private record TestSet(Examples examples, LossHead head, Tensor logits) {
    static TestSet of(Kernels kernels, WeightedLoss loss, Examples examples) {
      return new TestSet(
          examples,
          new LossHead(kernels, loss, examples),
          kernels.allocate(examples.size(), examples.targets().columns()));
    }

    boolean classes() {
      return examples.classes();
    }

    /** Computes the logits, no more examples at a time than there are training examples. */
    void apply(Layer network, int atOnce) {
      int features = network.inputs();
      int outputs = network.outputs();
      for (int start = 0; start < examples.size(); start += atOnce) {
        int rows = Math.min(atOnce, examples.size() - start);
        network.apply(
            examples.inputs().view((long) start * features, rows, features),
            logits.view((long) start * outputs, rows, outputs));
      }
    }
  }
}
