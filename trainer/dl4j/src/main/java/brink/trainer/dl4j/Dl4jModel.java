package brink.trainer.dl4j;

import brink.trainer.data.Dataset;
import brink.trainer.data.Split;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Precision;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Landscape;
import brink.trainer.listener.network.TrainedArray;
import brink.trainer.model.SavedModel;
import brink.trainer.network.NetworkMemory;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A saved DL4J network that is to be trained on some data: by our own engine if all of its layers
 * have counterparts here, or else by DL4J's gradients, whose differences are then the
 * Hessian-vector products. What is not trained keeps its saved value.
 */
public final class Dl4jModel implements SavedModel {
  private final Path file;
  private final Dl4jNetwork network;
  private final List<String> normalizers;
  private final List<TrainedArray> trained;
  private final Split data;
  private final @Nullable Counterpart counterpart;
  private final String obstacle;
  private final double[] savedWeights;

  private Dl4jModel(
      Path file,
      ModelFile saved,
      List<TrainedArray> trained,
      Split data,
      @Nullable Counterpart counterpart,
      String obstacle) {
    this.file = file;
    this.network = saved.network();
    this.normalizers = saved.normalizers();
    this.trained = trained;
    this.data = data;
    this.counterpart = counterpart;
    this.obstacle = obstacle;
    savedWeights = TrainedArray.gather(trained, network.model().params());
  }

  /**
   * Reads a network that DL4J's ModelSerializer wrote.
   *
   * @param all whether all parameters are trained, and not only the weights that go straight to
   *     batch normalization
   * @throws IllegalArgumentException if network and data do not fit, nothing is left to be trained,
   *     or the loss is not the same twice; the message is one line
   */
  public static Dl4jModel read(Path file, Split data, boolean all) {
    ModelFile read = ModelFile.read(file);
    Dl4jNetwork network = read.network();
    List<TrainedArray> parameters = TrainedArray.trained(network.view());
    List<TrainedArray> trained =
        all ? parameters : parameters.stream().filter(TrainedArray::normalized).toList();
    if (trained.isEmpty()) {
      throw new IllegalArgumentException(
          file
              + (all
                  ? ": the network has no trained parameters"
                  : ": no weights go straight to batch normalization, so the loss is"
                      + " scale-invariant in none of them; --dl4j-train all trains all"
                      + " parameters"));
    }
    network.requireFits(file, data.train());
    Dataset some = data.train().first(Math.min(data.train().size(), CounterpartCheck.EXAMPLES));
    FullBatch batch = new FullBatch(network, Batch.of(some, network.takesImages()));
    batch.requireRepeatable(file);
    try {
      Counterpart counterpart = Counterpart.of(network, trained, data.train());
      CounterpartCheck.require(network, batch, trained, counterpart, some);
      return new Dl4jModel(file, read, trained, data, counterpart, "");
    } catch (NoCounterpartException e) {
      return new Dl4jModel(file, read, trained, data, null, e.reason());
    }
  }

  /** Whether it is trained by our own engine, with exact Hessian-vector products. */
  public boolean isExact() {
    return counterpart != null;
  }

  @Override
  public @Nullable NetworkMemory memory(Precision precision) {
    return counterpart == null ? null : counterpart.memory(precision);
  }

  @Override
  public int dimension() {
    return TrainedArray.totalLength(trained);
  }

  /**
   * The full-batch training loss.
   *
   * @throws IllegalArgumentException if DL4J trains and the kernels are not of double precision, or
   *     the loss of all data is not the same twice
   */
  @Override
  public Landscape landscape(Kernels kernels) {
    return counterpart == null ? differences(kernels) : counterpart.landscape(kernels, data);
  }

  /** The same by differences of DL4J's gradients, whatever the layers. */
  Dl4jLandscape differences(Kernels kernels) {
    if (kernels.precision() != Precision.FLOAT64) {
      throw new IllegalArgumentException(
          "%s: %s; differences of DL4J's gradients, which are taken instead of our own engine, need --precision float64"
              .formatted(file, obstacle));
    }
    return Dl4jLandscape.of(file, kernels, network, trained, data);
  }

  @Override
  public Tensor initialWeights(Kernels kernels) {
    Tensor start = kernels.allocate(1, savedWeights.length);
    start.set(inOrder(savedWeights));
    return start;
  }

  /** Weights or a gradient of DL4J in the order of the landscape. */
  double[] inOrder(double[] theirs) {
    return counterpart == null ? theirs : counterpart.inOurOrder(theirs);
  }

  @Override
  public String describe() {
    return "%s; %d of %d parameters trained%s%s; %s"
        .formatted(
            network.describe(),
            dimension(),
            TrainedArray.totalLength(TrainedArray.trained(network.view())),
            network.regularization() == 0 ? "" : "; its L1, L2 and weight decay are left out",
            normalizers.isEmpty()
                ? ""
                : "; not applied: %s, the features are as --data gives them"
                    .formatted(String.join(" and ", normalizers)),
            counterpart == null
                ? "Hessian-vector products by central differences of DL4J's gradients: " + obstacle
                : "exact Hessian-vector products on Brink's own engine");
  }
}
