package brink.trainer.listener.network;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * One trained array of a DL4J network, for example a layer's weights or its bias. Running means and
 * variances of batch normalization, and the arrays of frozen layers, are parameters to DL4J and
 * none here.
 *
 * @param layer name of the layer
 * @param key DL4J's name of the array, for example "W" or "b"
 * @param offset of its first number in DL4J's flat vectors of parameters and gradients
 * @param length how many numbers
 * @param config of the layer: how this array is trained
 * @param normalized whether it is the weights of a dense or convolutional layer without activation,
 *     whose output goes to batch normalization only
 * @param epsilon the largest ε of that normalization; 0 if there is none
 */
public record TrainedArray(
    String layer,
    String key,
    long offset,
    int length,
    TrainingConfig config,
    boolean normalized,
    double epsilon) {

  /** All trained arrays of a network, in the order of DL4J's flat vectors. */
  public static List<TrainedArray> trained(NetworkView network) {
    INDArray flat = network.model().params();
    List<TrainedArray> parameters = new ArrayList<>();
    for (NamedLayer layer : network.layers()) {
      TrainingConfig config = layer.layer().getConfig();
      for (Map.Entry<String, INDArray> entry : layer.layer().paramTable(false).entrySet()) {
        if (isTrained(config, entry.getKey())) {
          parameters.add(
              new TrainedArray(
                  layer.name(),
                  entry.getKey(),
                  entry.getValue().offset() - flat.offset(),
                  Math.toIntExact(entry.getValue().length()),
                  config,
                  layer.normalized() && isLinearMap(config, entry.getKey()),
                  layer.epsilon()));
        }
      }
    }
    parameters.sort(Comparator.comparingLong(TrainedArray::offset));
    return parameters;
  }

  /** The layer's and the array's name, for example "layer0.W". */
  public String name() {
    return name(layer, key);
  }

  /** The name of a layer's array. */
  public static String name(String layer, String key) {
    return layer + "." + key;
  }

  /** Whether the network's structure makes the loss exactly invariant to its scale. */
  public boolean scaleInvariant() {
    return normalized && epsilon == 0;
  }

  private static boolean isTrained(TrainingConfig config, String key) {
    return config.getUpdaterByParam(key) != null
        && !(config.getUpdaterByParam(key) instanceof NoOp);
  }

  private static boolean isLinearMap(TrainingConfig config, String key) {
    return DefaultParamInitializer.WEIGHT_KEY.equals(key)
        && config instanceof FeedForwardLayer layer
        && (layer.getClass() == DenseLayer.class || layer.getClass() == ConvolutionLayer.class)
        && ((BaseLayer) layer).getActivationFn() instanceof ActivationIdentity;
  }

  /** Copies the numbers of these parameters out of one of DL4J's flat vectors. */
  public static double[] gather(List<TrainedArray> parameters, INDArray flat) {
    double[] values = new double[totalLength(parameters)];
    int done = 0;
    for (TrainedArray parameter : parameters) {
      double[] part = part(flat, parameter.offset, parameter.length);
      System.arraycopy(part, 0, values, done, part.length);
      done += part.length;
    }
    return values;
  }

  /** The numbers of any array of a network in the order of its flat vector. */
  public static double[] values(INDArray array, INDArray flat) {
    return part(flat, array.offset() - flat.offset(), array.length());
  }

  private static double[] part(INDArray flat, long offset, long length) {
    return flat.reshape(flat.length())
        .get(NDArrayIndex.interval(offset, offset + length))
        .dup()
        .data()
        .asDouble();
  }

  /** How many numbers these arrays have together. */
  public static int totalLength(List<TrainedArray> parameters) {
    return parameters.stream().mapToInt(TrainedArray::length).reduce(0, Math::addExact);
  }

  /** The part of one of DL4J's flat vectors; shares memory. */
  public INDArray in(INDArray flat) {
    return flat.reshape(flat.length()).get(NDArrayIndex.interval(offset, offset + length));
  }
}
