package brink.trainer.network;

import brink.trainer.landscape.WeightBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where the weights of each layer stand in the flat weights of a network: in the order of the
 * layers, a residual layer's body before its shortcut. Fixed weights have no place there.
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
  private final Set<String> fixed;
  private long end;

  private WeightLayout(Set<String> fixed) {
    this.fixed = fixed;
  }

  static List<Entry> of(List<LayerSpec> layers, Shape input) {
    return of(layers, input, Set.of());
  }

  /**
   * The layout of what is trained.
   *
   * @param fixed names of the layers whose weights are not trained
   */
  static List<Entry> of(List<LayerSpec> layers, Shape input, Set<String> fixed) {
    WeightLayout layout = new WeightLayout(fixed);
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
      case LayerSpec.Weighted weighted -> {
        if (!fixed.contains(weighted.name())) {
          add(weighted, input);
        }
      }
      case LayerSpec.Residual(String _, List<LayerSpec> body, List<LayerSpec> shortcut) -> {
        add(body, input);
        add(shortcut, input);
      }
      case LayerSpec.Normalize _,
          LayerSpec.Pooled _,
          LayerSpec.Activate _,
          LayerSpec.Subsample _ -> {}
    }
  }

  private void add(LayerSpec.Weighted layer, Shape input) {
    WeightBlock block =
        new WeightBlock(layer.name(), end, layer.weightRows(), layer.weightColumns(input));
    entries.add(new Entry(block, layer.scaleInvariant()));
    end = block.end();
  }
}
