package brink.trainer.network;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Precision;
import brink.trainer.kernels.Tensor;
import brink.trainer.random.RandomStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A network before it is built: trained layers, and after them a random, frozen linear layer of as
 * many outputs as the data have (the construction of Li and Arora, arXiv 1910.07454), since nothing
 * would normalize a trained one. No biases: a normalization would subtract them.
 *
 * @param layers from the input on, at least one of them trained, all of different names
 * @param loss of the logits
 * @param logitScale standard deviation of a logit whose inputs have unit mean square
 */
public record NetworkSpec(List<LayerSpec> layers, Loss loss, double logitScale) {
  /**
   * Keeps a cross-entropy away from 0, so that training does not end in a vanishing gradient and
   * the edge, once reached, lasts. At 4 the loss falls to 1e-4, the edge is crossed in silence, and
   * catapults follow.
   */
  public static final double DEFAULT_LOGIT_SCALE = 1;

  /**
   * Checks and copies.
   *
   * @throws LayerException if two layers have one name
   * @throws IllegalArgumentException if no layer is trained or the logit scale is not positive
   */
  public NetworkSpec {
    layers = List.copyOf(layers);
    requireUniqueNames(layers);
    if (layers.stream().noneMatch(NetworkSpec::isTrained)) {
      throw new IllegalArgumentException("a network needs at least one trained layer");
    }
    if (!(logitScale > 0)) {
      throw new IllegalArgumentException("logit scale must be positive, not " + logitScale);
    }
  }

  static void requireUniqueNames(List<LayerSpec> layers) {
    requireUniqueNames(layers, new HashSet<>());
  }

  private static void requireUniqueNames(List<LayerSpec> layers, Set<String> names) {
    for (LayerSpec layer : layers) {
      if (!names.add(layer.name())) {
        throw new LayerException(layer.name(), "another layer has this name");
      }
      if (layer instanceof LayerSpec.Residual(var _, var body, var shortcut)) {
        requireUniqueNames(body, names);
        requireUniqueNames(shortcut, names);
      }
    }
  }

  private static boolean isTrained(LayerSpec layer) {
    return switch (layer) {
      case LayerSpec.Weighted _ -> true;
      case LayerSpec.Residual(var _, var body, var shortcut) ->
          body.stream().anyMatch(NetworkSpec::isTrained)
              || shortcut.stream().anyMatch(NetworkSpec::isTrained);
      case LayerSpec.Normalize _, LayerSpec.Pooled _, LayerSpec.Activate _, LayerSpec.Subsample _ ->
          false;
    };
  }

  /**
   * The training loss of this network on some data.
   *
   * @param input shape of an example
   * @param test for {@link NetworkLandscape#evaluate}; null if there is none
   * @param seed of the frozen last layer
   * @throws LayerException if a layer does not fit to the shape of its input
   * @throws IllegalArgumentException if the data do not fit to the shape or to each other
   */
  public NetworkLandscape landscape(
      Kernels kernels, Shape input, Examples train, @Nullable Examples test, long seed) {
    train.requireShape(input);
    if (test != null) {
      test.requireSameWidths(train);
    }
    int outputs = train.targets().columns();
    NetworkSize size = NetworkSize.of(layers, input, outputs);
    List<WeightLayout.Entry> layout = WeightLayout.of(layers, input);
    PassScratch scratch = new PassScratch(kernels, train.size(), size.widest(), size.slots());
    NetworkBuilder builder = new NetworkBuilder(kernels, scratch, layout, Map.of());
    List<Layer> built = new ArrayList<>(builder.network(layers, input));
    built.add(frozen(kernels, built.getLast().outputs(), train, seed));
    return new NetworkLandscape(
        kernels,
        new Chain(built, scratch, 0),
        layout,
        builder.normalized(),
        builder.dataMap(),
        new WeightedLoss(loss, 1),
        train,
        test);
  }

  private Layer frozen(Kernels kernels, int inputs, Examples train, long seed) {
    DenseMap map = new DenseMap(kernels, inputs, train.targets().columns());
    Tensor weights = kernels.allocate(map.weightRows(), map.weightColumns());
    weights.set(frozenWeights(inputs, map.outputs(), seed));
    return new UntrainedLayer(kernels, new FrozenMap(map, weights), train.size());
  }

  /**
   * The frozen last layer: independent normal weights of standard deviation logitScale/√(fan-in).
   *
   * @param inputs features of the last trained layer's output
   * @return outputs×inputs
   */
  double[] frozenWeights(int inputs, int outputs, long seed) {
    Random random = RandomStream.of("frozen weights", seed);
    double[] weights = new double[outputs * inputs];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = logitScale * random.nextGaussian() / Math.sqrt(inputs);
    }
    return weights;
  }

  /**
   * Independent normal weights of standard deviation 1/√(fan-in) for all trained layers.
   *
   * @param input shape of an example
   * @return 1×dimension of the landscape
   * @throws LayerException if a layer does not fit to the shape of its input
   */
  public double[] initialWeights(Shape input, long seed) {
    Random random = RandomStream.of("weights", seed);
    double[] weights = new double[Math.toIntExact(dimension(input))];
    for (WeightLayout.Entry entry : WeightLayout.of(layers, input)) {
      for (long i = entry.block().offset(); i < entry.block().end(); i++) {
        weights[Math.toIntExact(i)] = random.nextGaussian() / Math.sqrt(entry.block().columns());
      }
    }
    return weights;
  }

  /**
   * Number of trained weights.
   *
   * @throws LayerException if a layer does not fit to the shape of its input
   */
  public long dimension(Shape input) {
    return WeightLayout.of(layers, input).getLast().block().end();
  }

  /**
   * Shape of what the frozen last layer gets.
   *
   * @throws LayerException if a layer does not fit to the shape of its input
   */
  public Shape output(Shape input) {
    return Checks.through(layers, input);
  }

  /** Whether a layer makes sense for images only. */
  public boolean needsImages() {
    return layers.stream().anyMatch(NetworkSpec::needsImages);
  }

  private static boolean needsImages(LayerSpec layer) {
    return switch (layer) {
      case LayerSpec.Convolution _, LayerSpec.Pooled _, LayerSpec.Subsample _ -> true;
      case LayerSpec.Residual(var _, var body, var shortcut) ->
          body.stream().anyMatch(NetworkSpec::needsImages)
              || shortcut.stream().anyMatch(NetworkSpec::needsImages);
      case LayerSpec.Dense _,
          LayerSpec.Channelwise _,
          LayerSpec.Normalize _,
          LayerSpec.Activate _ ->
          false;
    };
  }

  /**
   * The memory that {@link #landscape} will take.
   *
   * @throws LayerException if a layer does not fit to the shape of its input
   */
  public NetworkMemory memory(Shape input, int outputs, Precision precision) {
    return NetworkMemory.of(this, input, outputs, precision);
  }

  /**
   * In words, for example "20-32-32-5 tanh" or "32×32×3-conv64-max2-dense100-10 relu".
   *
   * @param input shape of an example
   * @param outputs of the frozen last layer
   */
  public String describe(Shape input, int outputs) {
    return NetworkWords.of(this, input, outputs);
  }
}
