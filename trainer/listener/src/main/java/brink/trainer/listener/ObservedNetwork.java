package brink.trainer.listener;

import brink.trainer.listener.network.NamedLayer;
import brink.trainer.listener.network.NetworkView;
import brink.trainer.listener.network.TrainedArray;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.solvers.BaseOptimizer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A network in training, and which of its weights are published: those that go straight to batch
 * normalization; all trained ones if there are none of these.
 *
 * @param trained all trained arrays
 * @param observed those that norms, cosine and curvature are taken of
 */
record ObservedNetwork(
    NetworkView network, List<TrainedArray> trained, List<TrainedArray> observed) {
  /** As many names as a person reads. */
  private static final int NAMED = 4;

  static ObservedNetwork of(Model model) {
    NetworkView network = NetworkView.of(model);
    List<TrainedArray> trained = TrainedArray.trained(network);
    if (trained.isEmpty()) {
      throw new IllegalArgumentException("the model has no trained parameters");
    }
    List<TrainedArray> normalized = trained.stream().filter(TrainedArray::normalized).toList();
    return new ObservedNetwork(network, trained, normalized.isEmpty() ? trained : normalized);
  }

  /** Whether the observed weights go straight to batch normalization. */
  boolean isNormalized() {
    return observed.getFirst().normalized();
  }

  /** Number of observed weights that the loss is exactly scale-invariant in. */
  int scaleInvariantDimension() {
    return TrainedArray.totalLength(
        observed.stream().filter(TrainedArray::scaleInvariant).toList());
  }

  /** w, as it is at this moment. */
  double[] weights() {
    return TrainedArray.gather(observed, network.model().params());
  }

  /** ∇L(w) of the last batch, before the updater changes it in place. */
  double[] gradient() {
    double[] gradient = TrainedArray.gather(observed, network.model().getGradientsViewArray());
    if (network.sumsGradients()) {
      int batch = network.model().batchSize();
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] /= batch;
      }
    }
    return gradient;
  }

  /** Mean loss of the last batch, without L1, L2 and weight decay. */
  double loss() {
    return network.model().score() - network.regularization();
  }

  /** How the observed weights are moved at this iteration; of the first array if they differ. */
  SgdUpdate updateRule() {
    return updateRule(observed.getFirst());
  }

  /** Whether all observed weights are moved alike. */
  boolean isUniform() {
    return observed.stream().map(this::updateRule).distinct().count() == 1;
  }

  private SgdUpdate updateRule(TrainedArray parameter) {
    Model model = network.model();
    return SgdUpdate.of(
        parameter, BaseOptimizer.getIterationCount(model), BaseOptimizer.getEpochCount(model));
  }

  /** What keeps the steps from being plain gradient descent with weight decay; empty if nothing. */
  String deviation() {
    return observed.stream()
        .map(SgdUpdate::deviation)
        .filter(words -> !words.isEmpty())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** How often and what weight decay is applied to one array, in words; empty if once at most. */
  String repeatedDecay() {
    for (TrainedArray parameter : observed) {
      List<Double> decays =
          SgdUpdate.decays(
              parameter,
              BaseOptimizer.getIterationCount(network.model()),
              BaseOptimizer.getEpochCount(network.model()));
      if (decays.size() > 1) {
        return "weight decay is applied to %s %d times (%s)"
            .formatted(
                parameter.name(),
                decays.size(),
                decays.stream().map(String::valueOf).collect(Collectors.joining(" + ")));
      }
    }
    return "";
  }

  /** Which weights are observed, in words; names are as the configuration has them. */
  String describeObserved() {
    String names =
        observed.stream().limit(NAMED).map(TrainedArray::name).collect(Collectors.joining(", "));
    int more = observed.size() - NAMED;
    return "%s%s (%d of %d trained parameters)"
        .formatted(
            names,
            more > 0 ? " and " + more + " more" : "",
            TrainedArray.totalLength(observed),
            TrainedArray.totalLength(trained));
  }

  /** As the monitor knows formats. */
  String precision() {
    DataType type = network.model().params().dataType();
    return switch (type) {
      case DOUBLE -> "float64";
      case FLOAT -> "float32";
      case HALF -> "float16";
      default -> type.name().toLowerCase(Locale.ROOT);
    };
  }

  /** The network in words, and which weights are observed. */
  String describe() {
    String layers =
        network.layers().stream().map(NamedLayer::kind).collect(Collectors.joining(", "));
    String names = observed.stream().map(TrainedArray::name).collect(Collectors.joining(", "));
    return "%s of %s; observed: %s%s"
        .formatted(
            network.model().getClass().getSimpleName(),
            layers,
            isNormalized() ? names : "all trained parameters, none of which is normalized",
            deviation().isEmpty() ? "" : "; " + deviation());
  }
}
