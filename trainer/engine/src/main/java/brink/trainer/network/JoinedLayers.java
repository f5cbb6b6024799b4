package brink.trainer.network;

import brink.trainer.kernels.Activation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Layers joined to fewer ones of the same output: a trained map with the normalization and the
 * activation after it, and a normalization with its activation. A fixed shift before a batch
 * normalization, which subtracts it again, is left out.
 *
 * @param fixed names of the layers whose weights are not trained
 */
record JoinedLayers(Set<String> fixed) {
  /**
   * The same network.
   *
   * @throws LayerException if a fixed layer has a normalization or an activation
   */
  List<LayerSpec> of(List<LayerSpec> layers) {
    Deque<LayerSpec> joined = new ArrayDeque<>();
    layers.forEach(layer -> add(layer, joined));
    return new ArrayList<>(joined);
  }

  private void add(LayerSpec layer, Deque<LayerSpec> joined) {
    switch (layer) {
      case LayerSpec.Normalize normalize -> {
        if (normalize.normalizer() instanceof Normalizer.BatchNormalization
            && joined.peekLast() instanceof LayerSpec.Shift shift
            && fixed.contains(shift.name())) {
          joined.removeLast();
        }
        if (joined.peekLast() instanceof LayerSpec.Trained map && isPlain(map)) {
          joined.removeLast();
          joined.add(map.followedBy(normalize.normalizer(), normalize.activation()));
        } else {
          joined.add(normalize);
        }
      }
      case LayerSpec.Activate(var _, Activation activation) -> {
        if (joined.peekLast() instanceof LayerSpec.Trained map
            && !fixed.contains(map.name())
            && map.activation() == Activation.IDENTITY) {
          joined.removeLast();
          joined.add(map.followedBy(map.normalizer(), activation));
        } else if (joined.peekLast() instanceof LayerSpec.Normalize normalize
            && normalize.activation() == Activation.IDENTITY) {
          joined.removeLast();
          joined.add(new LayerSpec.Normalize(normalize.name(), normalize.normalizer(), activation));
        } else {
          joined.add(layer);
        }
      }
      case LayerSpec.Residual(String name, List<LayerSpec> body, List<LayerSpec> shortcut) ->
          joined.add(new LayerSpec.Residual(name, of(body), of(shortcut)));
      case LayerSpec.Trained map when fixed.contains(map.name()) && !isLinear(map) ->
          throw new LayerException(
              map.name(), "its weights are fixed, so that normalization and activation come after");
      default -> joined.add(layer);
    }
  }

  private boolean isPlain(LayerSpec.Trained map) {
    return !fixed.contains(map.name()) && isLinear(map);
  }

  private static boolean isLinear(LayerSpec.Trained map) {
    return map.normalizer() instanceof Normalizer.NoNormalization
        && map.activation() == Activation.IDENTITY;
  }
}
