package brink.trainer.request;

import brink.trainer.kernels.Activation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network; what is null has a default of its problem.
 *
 * @param hidden widths of the hidden layers of a perceptron
 * @param width multiplies all numbers of channels of VGG-11 and ResNet-20; 1 is the paper's
 * @param activation of the trained layers
 * @param normalization of the trained layers
 * @param loss of the output
 */
public record NetworkChoice(
    @Nullable List<Integer> hidden,
    @Nullable Double width,
    @Nullable Activation activation,
    NormalizationChoice normalization,
    LossChoice loss) {
  public NetworkChoice {
    hidden = hidden == null ? null : List.copyOf(hidden);
  }
}
