package brink.trainer.cli;

import brink.trainer.data.Dataset;
import brink.trainer.data.Targets;
import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.network.Examples;
import brink.trainer.network.LayerException;
import brink.trainer.network.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the problems that train a network; one that is null has a default of its problem. */
public final class NetworkOptions {
  /** Divides the channels of all stages of ResNet-20 and VGG-11. */
  private static final int DEFAULT_GROUPS = 4;

  @Option(
      names = "--hidden",
      paramLabel = "WIDTH",
      split = ",",
      description = "mlp-bn, mlp-ln: widths of the hidden layers")
  public @Nullable List<Integer> hidden;

  @Option(
      names = "--width",
      paramLabel = "FACTOR",
      description = "vgg11-bn, resnet20-bn: multiplies all numbers of channels; 1 is the paper's")
  public @Nullable Double width;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      description = "networks: ${COMPLETION-CANDIDATES}")
  public @Nullable ActivationName activation;

  /** Activations of the trained layers. */
  public enum ActivationName {
    TANH(Activation.TANH),
    RELU(Activation.RELU),
    GELU(Activation.GELU),
    SOFTPLUS(Activation.SOFTPLUS);

    private final Activation activation;

    ActivationName(Activation activation) {
      this.activation = activation;
    }
  }

  @Option(
      names = "--normalization",
      paramLabel = "NAME",
      description =
          "networks: ${COMPLETION-CANDIDATES}; with none the loss is not scale-invariant: an"
              + " ablation")
  public @Nullable NormalizationName normalization;

  /** Normalizations of the trained layers. */
  public enum NormalizationName {
    BATCH,
    LAYER,
    GROUP,
    WEIGHT,
    NONE;

    /** As in a network's file. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--groups",
      paramLabel = "N",
      description = "groups of --normalization group (default: " + DEFAULT_GROUPS + ")")
  public @Nullable Integer groups;

  @Option(
      names = "--epsilon",
      paramLabel = "ε",
      description =
          "added to the variance of batch, layer and group normalization; 0 keeps the loss exactly"
              + " scale-invariant (default: 0)")
  public @Nullable Double epsilon;

  @Option(
      names = "--loss",
      paramLabel = "NAME",
      description = "networks: ${COMPLETION-CANDIDATES} (default: cross-entropy for classes)")
  public @Nullable LossName loss;

  /** Losses of the network's output. */
  public enum LossName {
    CROSS_ENTROPY("cross-entropy"),
    MSE("mse");

    private final String text;

    LossName(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  @Option(
      names = "--label-smoothing",
      paramLabel = "S",
      description =
          "networks: train on (1 − S)·(one-hot) + S/k of k classes, test on the classes"
              + " (default: 0)")
  public @Nullable Double labelSmoothing;

  /** The activation. */
  Activation activation(Activation otherwise) {
    return activation == null ? otherwise : activation.activation;
  }

  /** The activation if one is asked for. */
  @Nullable Activation activation() {
    return activation == null ? null : activation.activation;
  }

  /**
   * The normalization of every layer.
   *
   * @throws OptionException if its numbers are out of range
   */
  Normalizer normalizer(NormalizationName otherwise) {
    requireNumbers();
    return Normalizer.named(
        Objects.requireNonNullElse(normalization, otherwise).toString(),
        Objects.requireNonNullElse(groups, DEFAULT_GROUPS),
        Objects.requireNonNullElse(epsilon, 0.0));
  }

  /**
   * Refuses numbers that no normalization takes.
   *
   * @throws OptionException naming the option
   */
  void requireNumbers() {
    if (groups != null && groups < 1) {
      throw new OptionException("--groups must be 1 or more, found " + groups);
    }
    if (epsilon != null && !(epsilon >= 0 && Double.isFinite(epsilon))) {
      throw new OptionException("--epsilon must be 0 or more, found " + epsilon);
    }
  }

  /** What to say of a layer that cannot be built. */
  OptionException refused(String problem, LayerException layer) {
    String grouped =
        normalization == NormalizationName.GROUP
            ? ", --groups " + Objects.requireNonNullElse(groups, DEFAULT_GROUPS)
            : "";
    return new OptionException("--problem " + problem + grouped + ": " + layer.getMessage());
  }

  /**
   * The loss.
   *
   * @throws OptionException if it does not fit the targets
   */
  Loss loss(Dataset train) {
    boolean classes = train.targets() instanceof Targets.Classes;
    if (loss == null) {
      return classes ? Loss.SOFTMAX_CROSS_ENTROPY : Loss.MEAN_SQUARED_ERROR;
    }
    return switch (loss) {
      case MSE -> Loss.MEAN_SQUARED_ERROR;
      case CROSS_ENTROPY -> {
        if (!classes) {
          throw new OptionException(
              "--loss cross-entropy needs classes, the targets of %s are numbers; use --loss mse"
                  .formatted(train.name()));
        }
        yield Loss.SOFTMAX_CROSS_ENTROPY;
      }
    };
  }

  /**
   * Training examples.
   *
   * @throws OptionException if their labels cannot be smoothed as asked
   */
  Examples examples(Kernels kernels, Dataset train) {
    if (labelSmoothing == null) {
      return Examples.of(kernels, train);
    }
    try {
      return Examples.smoothed(kernels, train, labelSmoothing);
    } catch (IllegalArgumentException e) {
      throw new OptionException("--label-smoothing: " + e.getMessage());
    }
  }
}
