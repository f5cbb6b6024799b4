package brink.trainer.dl4j;

import brink.trainer.data.Dataset;
import brink.trainer.data.Split;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Precision;
import brink.trainer.landscape.WeightBlock;
import brink.trainer.listener.network.TrainedArray;
import brink.trainer.network.Examples;
import brink.trainer.network.GivenNetwork;
import brink.trainer.network.LayerException;
import brink.trainer.network.LayerSpec;
import brink.trainer.network.NetworkLandscape;
import brink.trainer.network.NetworkMemory;
import brink.trainer.network.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A DL4J network in our own layers, with the weights that are not trained as they are in the file.
 * Its trained weights stand in our order: layers from the input on, a layer's units one after the
 * other, images channels last.
 */
final class Counterpart {
  private final GivenNetwork network;
  private final Shape input;
  private final int[] places;

  private Counterpart(GivenNetwork network, Shape input, int[] places) {
    this.network = network;
    this.input = input;
    this.places = places;
  }

  /**
   * Converts a network for some data.
   *
   * @param trained arrays that are trained
   * @throws NoCounterpartException naming what cannot be converted
   */
  static Counterpart of(Dl4jNetwork network, List<TrainedArray> trained, Dataset data)
      throws NoCounterpartException {
    List<Stage> stages = network.stages();
    InputShape input = InputShape.of(network, stages, data);
    ConvertedArrays arrays =
        new ConvertedArrays(
            network.model().params(),
            trained.stream().map(TrainedArray::name).collect(Collectors.toSet()));
    LayerConverter converter = new LayerConverter(arrays, input);
    try {
      List<LayerSpec> layers = converter.convert(stages);
      Counterparts.WeightedLoss loss = converter.loss();
      GivenNetwork ours = new GivenNetwork(layers, arrays.fixed(), loss.loss(), loss.factor());
      List<WeightBlock> layout = ours.layout(input.shape());
      return new Counterpart(ours, input.shape(), places(layout, trained, arrays.orders()));
    } catch (LayerException e) {
      throw new NoCounterpartException(String.valueOf(e.getMessage()));
    } catch (ArithmeticException e) {
      throw new NoCounterpartException("a layer has more numbers than can be counted here");
    }
  }

  /** Where each of our weights stands among the trained arrays of DL4J's flat vector. */
  private static int[] places(
      List<WeightBlock> layout, List<TrainedArray> trained, Map<String, int[]> orders)
      throws NoCounterpartException {
    int[] places = new int[TrainedArray.totalLength(trained)];
    Map<String, Integer> starts = new HashMap<>();
    int start = 0;
    for (TrainedArray parameter : trained) {
      starts.put(parameter.name(), start);
      start += parameter.length();
    }
    int at = 0;
    for (WeightBlock block : layout) {
      for (int place : Objects.requireNonNull(orders.get(block.name()))) {
        places[at++] = Objects.requireNonNull(starts.get(block.name())) + place;
      }
    }
    if (at != places.length) {
      throw new NoCounterpartException(
          "%d of %d trained parameters have a counterpart".formatted(at, places.length));
    }
    return places;
  }

  /** Weights or a gradient of DL4J in our order. */
  double[] inOurOrder(double[] theirs) {
    return WeightOrder.apply(places, theirs);
  }

  NetworkMemory memory(Precision precision) {
    return network.memory(input, precision);
  }

  NetworkLandscape landscape(Kernels kernels, Split data) {
    return landscape(kernels, data.train(), data.test());
  }

  NetworkLandscape landscape(Kernels kernels, Dataset train, @Nullable Dataset test) {
    return network.landscape(
        kernels,
        input,
        Examples.of(kernels, train),
        test == null ? null : Examples.of(kernels, test));
  }
}
