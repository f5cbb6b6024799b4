package brink.trainer.network;

import brink.trainer.landscape.WeightBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the weights of each trained layer stand in the flat weights of a network: in the order of
 * the layers, a residual layer's body before its shortcut.
 */
final class WeightLayout {
  /**
   * A layer's weights.
   *
   * @param block whose columns are the inputs of a unit
   * @param scaleInvariant whether the loss does not change with their scale, by construction
   */
  record Entry(WeightBlock block, boolean scaleInvariant) {}

  private final List<Entry> entries = new ArrayList<>();
  private long end;

  private WeightLayout() {}

  static List<Entry> of(List<LayerSpec> layers, Shape input) {
    WeightLayout layout = new WeightLayout();
    layout.add(layers, input);
    return List.copyOf(layout.entries);
  }

  private void add(List<LayerSpec> layers, Shape input) {
    Shape shape = input;
    for (LayerSpec layer : layers) {
      add(layer, shape);
      shape = layer.output(shape);
    }
  }

  private void add(LayerSpec layer, Shape input) {
    switch (layer) {
      case LayerSpec.Trained trained -> {
        WeightBlock block =
            new WeightBlock(
                trained.name(), end, trained.weightRows(), trained.weightColumns(input));
        entries.add(new Entry(block, trained.normalizer().scaleInvariant()));
        end = block.end();
      }
      case LayerSpec.Residual(String _, List<LayerSpec> body, List<LayerSpec> shortcut) -> {
        add(body, input);
        add(shortcut, input);
      }
      case LayerSpec.Pooled _, LayerSpec.Activate _, LayerSpec.Subsample _ -> {}
    }
  }
}
