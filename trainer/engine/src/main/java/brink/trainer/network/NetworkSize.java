package brink.trainer.network;

import java.util.List;

/**
 * Sizes of a network's {@link PassScratch}.
 *
 * @param widest largest number of features of an example that any layer gives out
 * @param slots number of tensors
 */
record NetworkSize(int widest, int slots) {
  static NetworkSize of(List<LayerSpec> layers, Shape input, int outputs) {
    return new NetworkSize(Math.max(widest(layers, input), outputs), slots(layers));
  }

  private static int widest(List<LayerSpec> layers, Shape input) {
    int widest = 0;
    Shape shape = input;
    for (LayerSpec layer : layers) {
      if (layer instanceof LayerSpec.Residual(var _, var body, var shortcut)) {
        widest = Math.max(widest, Math.max(widest(body, shape), widest(shortcut, shape)));
      }
      shape = layer.output(shape);
      widest = Math.max(widest, shape.features());
    }
    return widest;
  }

  private static int slots(List<LayerSpec> layers) {
    int inner = 0;
    for (LayerSpec layer : layers) {
      if (layer instanceof LayerSpec.Residual(var _, var body, var shortcut)) {
        int branches = Math.max(slots(body), slots(shortcut));
        inner = Math.max(inner, PassScratch.SLOTS_OF_RESIDUAL + branches);
      }
    }
    return PassScratch.SLOTS_OF_CHAIN + inner;
  }
}
