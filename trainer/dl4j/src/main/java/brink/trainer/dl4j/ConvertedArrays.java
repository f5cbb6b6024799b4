package brink.trainer.dl4j;

import brink.trainer.listener.network.NamedLayer;
import brink.trainer.listener.network.TrainedArray;
import brink.trainer.network.LayerSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What becomes of the arrays of a DL4J network: trained in our order, or fixed. */
final class ConvertedArrays {
  private final INDArray flat;
  private final Set<String> trained;
  private final Map<String, double[]> fixed = new HashMap<>();
  private final Map<String, int[]> orders = new HashMap<>();

  /**
   * Those of a network.
   *
   * @param flat all numbers of the network
   * @param trained names of its arrays that are trained
   */
  ConvertedArrays(INDArray flat, Set<String> trained) {
    this.flat = flat;
    this.trained = trained;
  }

  /** Values of the arrays that are not trained, in our order. */
  Map<String, double[]> fixed() {
    return fixed;
  }

  /** Order of those that are. */
  Map<String, int[]> orders() {
    return orders;
  }

  /** An array that DL4J does not have. */
  void fix(String name, double[] values) {
    fixed.put(name, values);
  }

  /**
   * The weights of a layer.
   *
   * @param order ours
   * @return their name
   */
  String weights(NamedLayer layer, int[] order) {
    String name = TrainedArray.name(layer.name(), DefaultParamInitializer.WEIGHT_KEY);
    if (trained.contains(name)) {
      orders.put(name, order);
    } else {
      INDArray array = layer.layer().getParam(DefaultParamInitializer.WEIGHT_KEY);
      fixed.put(name, WeightOrder.apply(order, TrainedArray.values(array, flat)));
    }
    return name;
  }

  /** Numbers by channel; left out where they are fixed and change nothing. */
  List<LayerSpec> channelwise(LayerSpec spec, INDArray array, double neutral) {
    if (trained.contains(spec.name())) {
      orders.put(spec.name(), WeightOrder.same(Math.toIntExact(array.length())));
      return List.of(spec);
    }
    double[] values = TrainedArray.values(array, flat);
    if (Arrays.stream(values).allMatch(value -> value == neutral)) {
      return List.of();
    }
    fixed.put(spec.name(), values);
    return List.of(spec);
  }
}
