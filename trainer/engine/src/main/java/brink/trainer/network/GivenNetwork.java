package brink.trainer.network;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Precision;
import brink.trainer.landscape.WeightBlock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A network that ends with its layers, whose output are the logits, and in which some weights are
 * not trained but stay as they are given. Layers are joined where one pass can do the work of
 * several.
 *
 * @param layers from the input on, at least one with trained weights, all of different names
 * @param fixed weights of the layers that are not trained, by name, each row-major; no such layer
 *     has a normalization or an activation of its own
 * @param loss of the logits
 * @param lossFactor by which the loss is multiplied
 */
public record GivenNetwork(
    List<LayerSpec> layers, Map<String, double[]> fixed, Loss loss, double lossFactor) {
  /**
   * Checks, copies and joins.
   *
   * @throws LayerException if two layers have one name, or a fixed one has more than weights
   */
  public GivenNetwork {
    fixed = Map.copyOf(fixed);
    layers = new JoinedLayers(fixed.keySet()).of(layers);
    NetworkSpec.requireUniqueNames(layers);
  }

  /**
   * Where the weights of each trained layer stand in the flat weights; the columns of a block are
   * the inputs of a unit.
   *
   * @param input shape of an example
   * @throws LayerException if a layer does not fit to the shape of its input
   */
  public List<WeightBlock> layout(Shape input) {
    return entries(input).stream().map(WeightLayout.Entry::block).toList();
  }

  private List<WeightLayout.Entry> entries(Shape input) {
    return WeightLayout.of(layers, input, fixed.keySet());
  }

  /**
   * The training loss of this network on some data.
   *
   * @param input shape of an example
   * @param test for {@link NetworkLandscape#evaluate}; null if there is none
   * @throws LayerException if a layer does not fit to the shape of its input
   * @throws IllegalArgumentException if the data do not fit to the shape, the outputs or each other
   */
  public NetworkLandscape landscape(
      Kernels kernels, Shape input, Examples train, @Nullable Examples test) {
    train.requireShape(input);
    int outputs = Checks.through(layers, input).features();
    if (train.targets().columns() != outputs) {
      throw new IllegalArgumentException(
          "examples have %d targets, the network has %d outputs"
              .formatted(train.targets().columns(), outputs));
    }
    if (test != null) {
      test.requireSameWidths(train);
    }
    NetworkSize size = NetworkSize.of(layers, input, outputs);
    PassScratch scratch = new PassScratch(kernels, train.size(), size.widest(), size.slots());
    NetworkBuilder builder = new NetworkBuilder(kernels, scratch, entries(input), fixed);
    Chain chain = new Chain(builder.network(layers, input), scratch, 0);
    WeightedLoss weighted = new WeightedLoss(loss, lossFactor);
    return new NetworkLandscape(
        kernels,
        chain,
        entries(input),
        builder.normalized(),
        builder.dataMap(),
        weighted,
        train,
        test);
  }

  /**
   * The memory that {@link #landscape} will take.
   *
   * @throws LayerException if a layer does not fit to the shape of its input
   */
  public NetworkMemory memory(Shape input, Precision precision) {
    int outputs = Checks.through(layers, input).features();
    return NetworkMemory.of(layers, fixed.keySet(), input, outputs, precision);
  }
}
