package brink.trainer.dl4j;

import brink.trainer.dl4j.zip.Coefficients;
import brink.trainer.dl4j.zip.Configuration;
import brink.trainer.dl4j.zip.ModelZip;
import brink.trainer.dl4j.zip.ModelZipException;
import brink.trainer.dl4j.zip.OneLine;
import brink.trainer.listener.network.NamedLayer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What DL4J's ModelSerializer wrote.
 *
 * @param network in double precision
 * @param normalizers what it was saved with to prepare its features, in words
 */
record ModelFile(Dl4jNetwork network, List<String> normalizers) {
  /** What a network has at least twice: the weights and their gradient. */
  private static final int ARRAYS = 2;

  /**
   * Reads a network and converts it to double precision.
   *
   * @throws IllegalArgumentException if the file is no such network, one that there is no memory
   *     for, or one whose loss is not a deterministic function of the weights; the message is one
   *     line
   */
  static ModelFile read(Path file) {
    ModelFile read = unchecked(file);
    read.network.layers().forEach(layer -> requireDeterministic(file, layer));
    if (read.network.backpropagation() != BackpropType.Standard) {
      throw new IllegalArgumentException(
          "%s: it is trained by %s; only standard backpropagation has a full-batch gradient"
              .formatted(file, read.network.backpropagation()));
    }
    return read;
  }

  private static ModelFile unchecked(Path file) {
    try (ModelZip zip = ModelZip.open(file)) {
      Configuration configuration = zip.configuration();
      try (Coefficients coefficients = zip.coefficients()) {
        Dl4jNetwork network =
            configuration.graph()
                ? graph(configuration, coefficients)
                : sequence(configuration, coefficients);
        return new ModelFile(network, zip.normalizers());
      }
    } catch (ModelZipException e) {
      throw new IllegalArgumentException(file + ": " + e.reason(), e);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      throw new IllegalArgumentException(
          "%s: DL4J cannot read it (%s); write it anew with ModelSerializer.writeModel"
              .formatted(file, OneLine.of(e)),
          e);
    }
  }

  private static Dl4jNetwork sequence(Configuration json, Coefficients coefficients)
      throws ModelZipException {
    MultiLayerConfiguration configuration = MultiLayerConfiguration.fromJson(json.json());
    configuration.setDataType(DataType.DOUBLE);
    INDArray weights =
        weights(
            coefficients,
            configuration.getConfs().stream()
                .mapToLong(layer -> layer.getLayer().initializer().numParams(layer)));
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init(weights, false);
    return new Dl4jNetwork.Sequence(network);
  }

  private static Dl4jNetwork graph(Configuration json, Coefficients coefficients)
      throws ModelZipException {
    ComputationGraphConfiguration configuration =
        ComputationGraphConfiguration.fromJson(json.json());
    configuration.setDataType(DataType.DOUBLE);
    INDArray weights =
        weights(
            coefficients,
            configuration.getVertices().values().stream()
                .mapToLong(vertex -> vertex.numParams(true)));
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init(weights, false);
    return new Dl4jNetwork.Graph(graph);
  }

  /** Reads as many weights as the configuration asks for, if there is room for them. */
  private static INDArray weights(Coefficients coefficients, LongStream counts)
      throws ModelZipException {
    double asked = counts.mapToDouble(count -> count < 0 ? Double.NaN : count).sum();
    if (Double.isNaN(asked)) {
      throw new ModelZipException("a layer has a negative number of parameters");
    }
    if (asked != coefficients.count()) {
      throw new ModelZipException(
          String.format(
              Locale.ROOT,
              "its layers have %.0f parameters together, its coefficients.bin has %d",
              asked,
              coefficients.count()));
    }
    if (asked == 0) {
      throw new ModelZipException("the network has no trained parameters");
    }
    Optional<String> lacking = Room.lacking("its weights and their gradient", ARRAYS * asked);
    if (lacking.isPresent()) {
      throw new ModelZipException(lacking.get());
    }
    return coefficients.read();
  }

  private static void requireDeterministic(Path file, NamedLayer layer) {
    Layer configuration = layer.layer().conf().getLayer();
    if (configuration.getIDropout() != null) {
      throw new IllegalArgumentException(
          "%s: layer %s has dropout, so that the loss is random; save the network without"
              .formatted(file, layer.name()));
    }
    if (configuration instanceof BaseLayer base && base.getWeightNoise() != null) {
      throw new IllegalArgumentException(
          "%s: layer %s has weight noise, so that the loss is random; save the network without"
              .formatted(file, layer.name()));
    }
  }
}
