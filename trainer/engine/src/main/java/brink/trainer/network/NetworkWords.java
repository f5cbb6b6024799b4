package brink.trainer.network;

import brink.trainer.kernels.Activation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A network on one line: sizes from the input on, then what is not the usual. */
final class NetworkWords {
  private static final Normalizer USUAL = new Normalizer.BatchNormalization(0);

  private final Set<String> activations = new LinkedHashSet<>();
  private final Set<Normalizer> normalizers = new LinkedHashSet<>();

  private NetworkWords() {}

  static String of(NetworkSpec spec, Shape input, int outputs) {
    NetworkWords words = new NetworkWords();
    String sizes = input + "-" + words.chain(spec.layers()) + "-" + outputs;
    List<String> parts =
        new ArrayList<>(List.of(sizes + " " + String.join("/", words.activations)));
    if (!words.normalizers.equals(Set.of(USUAL))) {
      words.normalizers.forEach(normalizer -> parts.add(normalizer.describe()));
    }
    return String.join(", ", parts).strip();
  }

  private String chain(List<LayerSpec> layers) {
    return layers.stream()
        .map(this::layer)
        .filter(word -> !word.isEmpty())
        .collect(Collectors.joining("-"));
  }

  private String layer(LayerSpec layer) {
    if (layer instanceof LayerSpec.Trained trained) {
      activation(trained.activation());
      normalizers.add(trained.normalizer());
    }
    return switch (layer) {
      case LayerSpec.Dense dense -> String.valueOf(dense.units());
      case LayerSpec.Convolution conv ->
          "conv" + conv.filters() + (conv.stride() == 1 ? "" : "/" + conv.stride());
      case LayerSpec.Pool pool -> lower(pool.kind()) + pool.window();
      case LayerSpec.GlobalPool pool -> "global " + lower(pool.kind());
      case LayerSpec.Activate activate -> {
        activation(activate.activation());
        yield "";
      }
      case LayerSpec.Normalize normalize -> {
        activation(normalize.activation());
        normalizers.add(normalize.normalizer());
        yield "";
      }
      case LayerSpec.Scale _ -> "scale";
      case LayerSpec.Shift _ -> "shift";
      case LayerSpec.Residual(var _, var body, var _) -> "[" + chain(body) + "]";
      case LayerSpec.Subsample subsample -> "sub" + subsample.stride();
    };
  }

  private void activation(Activation activation) {
    if (activation != Activation.IDENTITY) {
      activations.add(lower(activation));
    }
  }

  private static String lower(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }
}
