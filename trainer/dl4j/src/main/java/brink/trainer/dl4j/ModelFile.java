package brink.trainer.dl4j;

import brink.trainer.files.FileTrouble;
import brink.trainer.listener.network.NamedLayer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.buffer.DataType;

/** A network that DL4J's ModelSerializer wrote. Load only files that you trust. */
final class ModelFile {
  private ModelFile() {}

  /**
   * Reads a network and converts it to double precision.
   *
   * @throws IllegalArgumentException if the file is no such network, or one whose loss is not a
   *     deterministic function of the weights; the message is one line
   */
  static Dl4jNetwork read(Path file) {
    boolean graph = isGraph(file);
    Dl4jNetwork network;
    try {
      network = graph ? graph(file) : sequence(file);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "%s: DL4J cannot read it (%s); write it anew with ModelSerializer.writeModel"
              .formatted(file, firstLine(e)),
          e);
    }
    network.layers().forEach(layer -> requireDeterministic(file, layer));
    if (network.backpropagation() != BackpropType.Standard) {
      throw new IllegalArgumentException(
          "%s: it is trained by %s; only standard backpropagation has a full-batch gradient"
              .formatted(file, network.backpropagation()));
    }
    return network;
  }

  private static Dl4jNetwork sequence(Path file) throws IOException {
    MultiLayerNetwork read = ModelSerializer.restoreMultiLayerNetwork(file.toFile(), false);
    return new Dl4jNetwork.Sequence(read.convertDataType(DataType.DOUBLE));
  }

  private static Dl4jNetwork graph(Path file) throws IOException {
    ComputationGraph read = ModelSerializer.restoreComputationGraph(file.toFile(), false);
    return new Dl4jNetwork.Graph(read.convertDataType(DataType.DOUBLE));
  }

  /** A graph's configuration says how its vertices are joined; that of a sequence does not. */
  private static boolean isGraph(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          file + ": no such file; give a network that ModelSerializer.writeModel wrote");
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry = zip.getEntry(ModelSerializer.CONFIGURATION_JSON);
      if (entry == null) {
        throw new IllegalArgumentException(
            "%s: expected a DL4J network, found a zip file without %s"
                .formatted(file, ModelSerializer.CONFIGURATION_JSON));
      }
      byte[] json = zip.getInputStream(entry).readAllBytes();
      return new String(json, StandardCharsets.UTF_8).contains("\"vertexInputs\"");
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s: expected a DL4J network, which is a zip file (%s)"
              .formatted(file, FileTrouble.of(e)),
          e);
    }
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

  static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
