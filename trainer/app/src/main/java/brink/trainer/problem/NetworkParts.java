package brink.trainer.problem;

import brink.trainer.data.Dataset;
import brink.trainer.data.Targets;
import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.network.Examples;
import brink.trainer.network.LayerException;
import brink.trainer.network.Normalizer;
import brink.trainer.request.NetworkChoice;
import brink.trainer.request.NetworkOptions;
import brink.trainer.request.NormalizationChoice;
import brink.trainer.request.NormalizationName;
import brink.trainer.request.OptionException;
import java.util.Objects;

/**
 * The parts of a network as a request chooses them.
 *
 * @param choice the request's
 */
record NetworkParts(NetworkChoice choice) {
  /** The activation. */
  Activation activation(Activation otherwise) {
    return Objects.requireNonNullElse(choice.activation(), otherwise);
  }

  /**
   * The normalization of every layer.
   *
   * @throws OptionException if its numbers are out of range
   */
  Normalizer normalizer(NormalizationName otherwise) {
    requireNumbers();
    NormalizationChoice normalization = choice.normalization();
    return Normalizer.named(
        Objects.requireNonNullElse(normalization.name(), otherwise).toString(),
        groups(),
        Objects.requireNonNullElse(normalization.epsilon(), 0.0));
  }

  private int groups() {
    return Objects.requireNonNullElse(
        choice.normalization().groups(), NetworkOptions.DEFAULT_GROUPS);
  }

  /**
   * Refuses numbers that no normalization takes.
   *
   * @throws OptionException naming the option
   */
  void requireNumbers() {
    Integer groups = choice.normalization().groups();
    if (groups != null && groups < 1) {
      throw new OptionException("--groups must be 1 or more, found " + groups);
    }
    Double epsilon = choice.normalization().epsilon();
    if (epsilon != null && !(epsilon >= 0 && Double.isFinite(epsilon))) {
      throw new OptionException("--epsilon must be 0 or more, found " + epsilon);
    }
  }

  /** What to say of a layer that cannot be built. */
  OptionException refused(String problem, LayerException layer) {
    String grouped =
        choice.normalization().name() == NormalizationName.GROUP ? ", --groups " + groups() : "";
    return new OptionException("--problem " + problem + grouped + ": " + layer.getMessage());
  }

  /**
   * The loss.
   *
   * @throws OptionException if it does not fit the targets
   */
  Loss loss(Dataset train) {
    boolean classes = train.targets() instanceof Targets.Classes;
    Loss kind = choice.loss().kind();
    if (kind == null) {
      return classes ? Loss.SOFTMAX_CROSS_ENTROPY : Loss.MEAN_SQUARED_ERROR;
    }
    if (kind == Loss.SOFTMAX_CROSS_ENTROPY && !classes) {
      throw new OptionException(
          "--loss cross-entropy needs classes, the targets of %s are numbers; use --loss mse"
              .formatted(train.name()));
    }
    return kind;
  }

  /**
   * Training examples.
   *
   * @throws OptionException if their labels cannot be smoothed as asked
   */
  Examples examples(Kernels kernels, Dataset train) {
    Double smoothing = choice.loss().labelSmoothing();
    if (smoothing == null) {
      return Examples.of(kernels, train);
    }
    try {
      return Examples.smoothed(kernels, train, smoothing);
    } catch (IllegalArgumentException e) {
      throw new OptionException("--label-smoothing: " + e.getMessage());
    }
  }
}
