package brink.trainer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.data.Split;
import brink.trainer.listener.Models;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.dataset.api.preprocessor.VGG16ImagePreProcessor;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

/** Networks are read as DL4J reads them, though without it. */
class ModelFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"DOUBLE", "FLOAT", "HALF", "BFLOAT16"})
  void read_sequenceOfAnyPrecision_isWhatDl4jReads(DataType type) throws IOException {
    Path file = folder.resolve("model.zip");
    MultiLayerNetwork saved = Models.perceptron(new Adam(), 0.1).convertDataType(type);
    ModelSerializer.writeModel(saved, file.toFile(), true);

    MultiLayerNetwork theirs =
        ModelSerializer.restoreMultiLayerNetwork(file.toFile(), false)
            .convertDataType(DataType.DOUBLE);
    ModelFile ours = ModelFile.read(file);

    assertThat(ours.network().model().params()).isEqualTo(theirs.params());
    assertThat(((MultiLayerNetwork) ours.network().model()).getLayerWiseConfigurations().toJson())
        .isEqualTo(theirs.getLayerWiseConfigurations().toJson());
    assertThat(ours.normalizers()).isEmpty();
  }

  @Test
  void read_graph_isWhatDl4jReads() throws IOException {
    Path file = folder.resolve("model.zip");
    ModelSerializer.writeModel(Models.graph(new Sgd(1)), file.toFile(), true);
    INDArray images = Models.images(5).getFeatures();

    ComputationGraph theirs = ModelSerializer.restoreComputationGraph(file.toFile(), false);
    ModelFile ours = ModelFile.read(file);

    assertThat(ours.network().model().params()).isEqualTo(theirs.params());
    assertThat(ours.network().output(images, true)).isEqualTo(theirs.outputSingle(true, images));
  }

  static Stream<Arguments> normalizers() {
    NormalizerStandardize standardize = new NormalizerStandardize();
    standardize.fit(Models.rows(9));
    NormalizerMinMaxScaler scaler = new NormalizerMinMaxScaler();
    scaler.fit(Models.rows(9));
    return Stream.of(
        Arguments.of("NormalizerStandardize", standardize),
        Arguments.of("NormalizerMinMaxScaler", scaler),
        Arguments.of("ImagePreProcessingScaler", new ImagePreProcessingScaler()));
  }

  @ParameterizedTest
  @MethodSource("normalizers")
  void read_networkWithNormalizer_namesIt(String name, DataNormalization normalizer)
      throws IOException {
    Split data = RandomFeatures.split(Models.FEATURES, null, Models.CLASSES);
    Path file = folder.resolve("model.zip");
    ModelSerializer.writeModel(Models.perceptron(new Sgd(1), 0), file.toFile(), false);
    ModelSerializer.addNormalizerToModel(file.toFile(), normalizer);

    assertThat(Dl4jModel.read(file, data, false).describe())
        .contains(
            "; not applied: "
                + name
                + " in normalizer.bin, the features are as --data gives them;");
  }

  @Test
  void read_preprocessorInJavasSerialization_isNamed() throws IOException {
    Split data = RandomFeatures.split(Models.FEATURES, null, Models.CLASSES);
    Path file = folder.resolve("model.zip");
    var entries = Zips.entries(Models.perceptron(new Sgd(1), 0));
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    try (java.io.ObjectOutputStream out = new java.io.ObjectOutputStream(bytes)) {
      out.writeObject(new VGG16ImagePreProcessor());
    }
    entries.put("preprocessor.bin", bytes.toByteArray());

    assertThat(Dl4jModel.read(Zips.write(file, entries), data, false).describe())
        .contains("; not applied: VGG16ImagePreProcessor in preprocessor.bin, ");
  }
}
