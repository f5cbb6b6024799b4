package brink.trainer.request;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Loss;
import java.util.List;

/** Options of the problems that train a network of Brink's. */
public final class NetworkOptions {
  /** Divides the channels of all stages of ResNet-20 and VGG-11. */
  public static final int DEFAULT_GROUPS = 4;

  /** Of perceptrons. */
  public static final RunOption<List<Integer>> HIDDEN =
      RunOption.of(
              OptionText.of(
                  "--hidden", "WIDTH[,WIDTH...]", "mlp-bn, mlp-ln: widths of the hidden layers"),
              ValueForm.list(ValueForm.COUNT),
              request -> request.problem().network().hidden(),
              RunRequestBuilder::hidden,
              new StepEffect.SeenIn(Trajectory.NETWORK))
          .ofSomeProblems();

  /** Of VGG-11 and ResNet-20. */
  public static final RunOption<Double> WIDTH =
      RunOption.of(
              OptionText.of(
                  "--width",
                  "FACTOR",
                  "vgg11-bn, resnet20-bn: multiplies all numbers of channels; 1 is the paper's"),
              ValueForm.NUMBER,
              request -> request.problem().network().width(),
              RunRequestBuilder::width,
              new StepEffect.SeenIn(Trajectory.NETWORK))
          .ofSomeProblems();

  static final RunOption<Activation> ACTIVATION =
      RunOption.of(
              OptionText.of("--activation", "NAME", "networks: ${COMPLETION-CANDIDATES}"),
              ValueForm.choice(
                  List.of(Activation.TANH, Activation.RELU, Activation.GELU, Activation.SOFTPLUS),
                  Activation::name),
              request -> request.problem().network().activation(),
              RunRequestBuilder::activation,
              new StepEffect.SeenIn(Trajectory.NETWORK))
          .ofSomeProblems();

  static final RunOption<NormalizationName> NORMALIZATION =
      RunOption.of(
              OptionText.of(
                  "--normalization",
                  "NAME",
                  "networks: ${COMPLETION-CANDIDATES}; with none the loss is not scale-invariant:"
                      + " an ablation"),
              ValueForm.choice(NormalizationName.class),
              request -> request.problem().network().normalization().name(),
              RunRequestBuilder::normalization,
              new StepEffect.SeenIn(Trajectory.NETWORK))
          .ofSomeProblems();

  static final RunOption<Integer> GROUPS =
      RunOption.of(
              OptionText.of(
                  "--groups",
                  "N",
                  "groups of --normalization group (default: " + DEFAULT_GROUPS + ")"),
              ValueForm.COUNT,
              request -> request.problem().network().normalization().groups(),
              RunRequestBuilder::groups,
              new StepEffect.SeenIn(Trajectory.NETWORK))
          .ofSomeProblems();

  static final RunOption<Double> EPSILON =
      RunOption.of(
              OptionText.of(
                  "--epsilon",
                  "ε",
                  "added to the variance of batch, layer and group normalization; 0 keeps the loss"
                      + " exactly scale-invariant (default: 0)"),
              ValueForm.NUMBER,
              request -> request.problem().network().normalization().epsilon(),
              RunRequestBuilder::epsilon,
              new StepEffect.SeenIn(Trajectory.NETWORK))
          .ofSomeProblems();

  static final RunOption<Loss> LOSS =
      RunOption.of(
              OptionText.of(
                  "--loss",
                  "NAME",
                  "networks: ${COMPLETION-CANDIDATES} (default: cross-entropy for classes)"),
              ValueForm.choice(Loss.class, NetworkOptions::name),
              request -> request.problem().network().loss().kind(),
              RunRequestBuilder::loss,
              new StepEffect.SeenIn(Trajectory.CHECKSUM))
          .ofSomeProblems();

  static final RunOption<Double> LABEL_SMOOTHING =
      RunOption.of(
              OptionText.of(
                  "--label-smoothing",
                  "S",
                  "networks: train on (1 − S)·(one-hot) + S/k of k classes, test on the classes"
                      + " (default: 0)"),
              ValueForm.NUMBER,
              request -> request.problem().network().loss().labelSmoothing(),
              RunRequestBuilder::labelSmoothing,
              new StepEffect.SeenIn(Trajectory.CHECKSUM))
          .ofSomeProblems();

  /** Those of all networks that Brink builds. */
  public static final List<RunOption<?>> OF_ALL =
      List.of(ACTIVATION, NORMALIZATION, GROUPS, EPSILON, LOSS, LABEL_SMOOTHING);

  private NetworkOptions() {}

  private static String name(Loss loss) {
    return switch (loss) {
      case SOFTMAX_CROSS_ENTROPY -> "cross-entropy";
      case MEAN_SQUARED_ERROR -> "mse";
    };
  }
}
