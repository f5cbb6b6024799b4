package brink.trainer.dl4j;

import brink.trainer.data.Dataset;
import brink.trainer.data.Split;
import brink.trainer.data.Targets;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Landscape;
import brink.trainer.landscape.Linearization;
import brink.trainer.landscape.Scores;
import brink.trainer.landscape.WeightBlock;
import brink.trainer.listener.network.TrainedArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.DataSet;

/**
 * The full-batch training loss of a DL4J network that has no counterpart here: loss and gradient
 * are DL4J's own, in double precision and with the statistics of the whole batch in its batch
 * normalizations, without the penalties of its configuration (L1, L2, weight decay). What is not
 * trained keeps its saved value.
 *
 * <p>DL4J has no second derivatives: a Hessian-vector product is the central difference of two
 * gradients, (∇L(w + εv) − ∇L(w − εv))/2ε with ε = u^(1/3)·‖w‖/‖v‖, u = 2⁻⁵³, where the truncation
 * error of order ε² and the rounding error of order u/ε are balanced: about 1e-10 of ‖∇²L‖ on
 * smooth networks, and nothing that can be relied upon where a ReLU has its kink within ε.
 */
final class Dl4jLandscape implements Landscape {
  private final Kernels kernels;
  private final Dl4jNetwork network;
  private final List<TrainedArray> trained;
  private final boolean classes;
  private final FullBatch batch;
  private final @Nullable DataSet test;
  private final Tensor gradient;
  private long linearizations;

  private Dl4jLandscape(
      Kernels kernels,
      Dl4jNetwork network,
      List<TrainedArray> trained,
      FullBatch batch,
      Split data) {
    this.kernels = kernels;
    this.network = network;
    this.trained = trained;
    this.batch = batch;
    Dataset held = data.test();
    test = held == null ? null : Batch.of(held, network.takesImages());
    classes = data.train().targets() instanceof Targets.Classes;
    gradient = kernels.allocate(1, dimension());
  }

  /**
   * Joins a network with data.
   *
   * @param file that the network was read from
   * @param kernels of double precision, where the weights live
   * @param trained arrays that are trained
   * @throws IllegalArgumentException if the loss is not the same twice; the message is one line
   */
  static Dl4jLandscape of(
      Path file, Kernels kernels, Dl4jNetwork network, List<TrainedArray> trained, Split data) {
    FullBatch batch = new FullBatch(network, Batch.of(data.train(), network.takesImages()));
    batch.requireRepeatable(file);
    return new Dl4jLandscape(kernels, network, trained, batch, data);
  }

  @Override
  public Kernels kernels() {
    return kernels;
  }

  @Override
  public int dimension() {
    return TrainedArray.totalLength(trained);
  }

  /** The trained weights where the network is now, in the order of DL4J's flat vector. */
  double[] currentWeights() {
    return TrainedArray.gather(trained, network.model().params());
  }

  @Override
  public List<WeightBlock> layers() {
    return blocks(_ -> true);
  }

  @Override
  public List<WeightBlock> scaleDependentLayers() {
    return blocks(parameter -> !parameter.scaleInvariant());
  }

  private List<WeightBlock> blocks(Predicate<TrainedArray> chosen) {
    List<WeightBlock> blocks = new ArrayList<>();
    long offset = 0;
    for (TrainedArray parameter : trained) {
      if (chosen.test(parameter)) {
        blocks.add(new WeightBlock(parameter.name(), offset, 1, parameter.length()));
      }
      offset += parameter.length();
    }
    return blocks;
  }

  @Override
  public Linearization linearize(Tensor w) {
    double[] weights = w.get();
    double loss = batch.moveTo(trained, weights);
    gradient.set(batch.gradient(trained));
    linearizations++;
    return new Differences(linearizations, loss, weights);
  }

  @Override
  public Scores evaluate(Tensor w) {
    double trainLoss = batch.moveTo(trained, w.get());
    Double trainAccuracy = classes ? batch.accuracy() : null;
    if (test == null) {
      return new Scores(trainLoss, trainAccuracy, null, null);
    }
    batch.useStatistics();
    return new Scores(
        trainLoss, trainAccuracy, batch.loss(test), classes ? batch.accuracy(test) : null);
  }

  private final class Differences implements Linearization {
    private final long number;
    private final double loss;
    private final double[] point;
    private final double norm;

    Differences(long number, double loss, double[] point) {
      this.number = number;
      this.loss = loss;
      this.point = point;
      norm = norm(point);
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
      double[] direction = v.get();
      double length = norm(direction);
      if (length == 0) {
        result.set(direction);
        return;
      }
      double step = Math.cbrt(0x1p-53) * norm / length;
      double[] product = gradientAt(direction, step);
      double[] behind = gradientAt(direction, -step);
      for (int i = 0; i < product.length; i++) {
        product[i] = (product[i] - behind[i]) / (2 * step);
      }
      result.set(product);
    }

    private double[] gradientAt(double[] direction, double step) {
      double[] moved = point.clone();
      for (int i = 0; i < moved.length; i++) {
        moved[i] += step * direction[i];
      }
      var _ = batch.moveTo(trained, moved);
      return batch.gradient(trained);
    }

    private void requireLatest() {
      if (number != linearizations) {
        throw new IllegalStateException("the landscape was linearized again after this");
      }
    }
  }

  private static double norm(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }
}
