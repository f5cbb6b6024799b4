package brink.trainer.network.file;

import brink.trainer.kernels.Activation;
import brink.trainer.network.Normalizer;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a trained layer has unless it says otherwise.
 *
 * @param normalization name
 * @param activation after every normalization
 * @param groups of group normalization
 * @param epsilon ε of batch, layer and group normalization
 */
record LayerDefaults(String normalization, Activation activation, int groups, double epsilon) {
  static final Map<String, Activation> ACTIVATIONS =
      Map.of(
          "identity", Activation.IDENTITY,
          "tanh", Activation.TANH,
          "relu", Activation.RELU,
          "gelu", Activation.GELU,
          "softplus", Activation.SOFTPLUS);

  private static final Map<String, String> NORMALIZATIONS =
      Map.of(
          "batch", "batch", "layer", "layer", "group", "group", "weight", "weight", "none", "none");

  /** The same, but for what the mapping says. */
  LayerDefaults with(YamlMap map) {
    return new LayerDefaults(
        Objects.requireNonNullElse(map.choice("normalization", NORMALIZATIONS), normalization),
        Objects.requireNonNullElse(map.choice("activation", ACTIVATIONS), activation),
        Objects.requireNonNullElse(map.integer("groups"), groups),
        Objects.requireNonNullElse(map.number("epsilon"), epsilon));
  }

  /** The same, but for what is given. */
  LayerDefaults with(
      @Nullable String otherNormalization,
      @Nullable Activation otherActivation,
      @Nullable Integer otherGroups,
      @Nullable Double otherEpsilon) {
    return new LayerDefaults(
        Objects.requireNonNullElse(otherNormalization, normalization),
        Objects.requireNonNullElse(otherActivation, activation),
        Objects.requireNonNullElse(otherGroups, groups),
        Objects.requireNonNullElse(otherEpsilon, epsilon));
  }

  /**
   * The normalization.
   *
   * @throws IllegalArgumentException if its numbers are out of range
   */
  Normalizer normalizer() {
    return Normalizer.named(normalization, groups, epsilon);
  }
}
