package brink.trainer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brink.trainer.data.ImageShape;
import brink.trainer.data.Split;
import brink.trainer.listener.Models;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.learning.config.Sgd;

/** Files that promise more than a machine has: one line, at once, and no memory taken for them. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileModelsTest {
  /** A configuration of 16 MiB is read, and turned into text and tokens. */
  private static final long MOST_BYTES = 200L << 20;

  private static final Split DATA = RandomFeatures.split(Models.FEATURES, null, Models.CLASSES);

  @TempDir Path folder;

  /** DL4J's classes are loaded by whoever comes first. */
  @BeforeAll
  static void load(@TempDir Path folder) {
    var _ = Dl4jModel.read(Zips.write(folder.resolve("first.zip"), perceptron()), DATA, false);
  }

  private static Map<String, byte[]> perceptron() {
    return Zips.entries(Models.perceptron(new Sgd(1), 0));
  }

  private static void refuses(String words, Path file, Split data) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    long outside = Pointer.totalBytes();

    assertThatThrownBy(() -> Dl4jModel.read(file, data, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(words)
        .message()
        .hasLineCount(1)
        .hasSizeLessThan(600);

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_BYTES);
    assertThat(Pointer.totalBytes() - outside).isLessThan(MOST_BYTES);
  }

  static Stream<Arguments> files() {
    Map<String, byte[]> good = perceptron();
    String json = Zips.configuration(good);
    return Stream.of(
        Arguments.of("more than 16 MiB", Zips.withConfiguration(good, " ".repeat(64 << 20))),
        Arguments.of("nested more than 64 levels", nested(good, "{\"a\":".repeat(100_000))),
        Arguments.of(
            "nested more than 64 levels", nested(good, "{\"confs\":" + "[".repeat(1_000_000))),
        Arguments.of("more than 2000 layers", many(good, "confs", "[", "{}", "]")),
        Arguments.of("more than 2000 layers", many(good, "vertices", "{", "\"v%d\":{}", "}")),
        Arguments.of(
            "more than 20000 inputs", many(good, "vertexInputs", "{\"v\":[", "\"v%d\"", "]}")),
        Arguments.of(
            "has control characters: layer\\u001b[2J",
            Zips.withConfiguration(good, json.replace("\"layer0\"", "\"layer\\u001b[2J\""))),
        Arguments.of("is not JSON", Zips.withConfiguration(good, json.replace(':', ';'))),
        Arguments.of(
            "it has an object of java.net.URL, which is no class of DL4J's",
            Zips.withConfiguration(
                good,
                json.replaceFirst("org.deeplearning4j.nn.conf.layers.Dense\\w+", "java.net.URL"))),
        Arguments.of("is no JSON object", Zips.withConfiguration(good, "[1]")),
        Arguments.of(
            "is not JSON: Unexpected end-of-input", Zips.withConfiguration(good, "{\"confs\":[")),
        Arguments.of("without configuration.json", without(good, Zips.CONFIGURATION)),
        Arguments.of("without coefficients.bin", without(good, Zips.COEFFICIENTS)),
        Arguments.of(
            "its layers have 14000000115 parameters together, its coefficients.bin has 171",
            units(good, 2_000_000_000L)),
        Arguments.of(
            "would take 2.80e+10 numbers, and there is room for",
            Zips.withCoefficients(
                units(good, 2_000_000_000L), 14_000_000_115L, "FLOAT", new byte[0])),
        Arguments.of(
            "its coefficients.bin has 9000000000000000000",
            Zips.withCoefficients(good, 9_000_000_000_000_000_000L, "DOUBLE", new byte[0])),
        Arguments.of(
            "ends before the last of 171 numbers",
            Zips.withCoefficients(good, 171, "DOUBLE", new byte[100])),
        Arguments.of(
            "holds LONG, expected floating-point numbers",
            Zips.withCoefficients(good, 171, "LONG", new byte[171 * 8])),
        Arguments.of(
            "no array that Nd4j.write wrote", with(good, Zips.COEFFICIENTS, new byte[300])),
        Arguments.of(
            "no array that Nd4j.write wrote",
            Zips.withCoefficients(good, -1, "DOUBLE", new byte[0])));
  }

  private static Map<String, byte[]> nested(Map<String, byte[]> good, String json) {
    return Zips.withConfiguration(good, json);
  }

  private static Map<String, byte[]> many(
      Map<String, byte[]> good, String name, String begin, String each, String end) {
    String all =
        IntStream.range(0, 60_000)
            .mapToObj(i -> each.replace("%d", String.valueOf(i)))
            .collect(Collectors.joining(",", begin, end));
    return Zips.withConfiguration(good, "{\"" + name + "\":" + all + "}");
  }

  private static Map<String, byte[]> units(Map<String, byte[]> good, long units) {
    String json = Zips.configuration(good);
    String last = "\"nin\" : 5,";
    assertThat(json).contains(last);
    return Zips.withConfiguration(good, json.replaceFirst("\"nout\" : 8", "\"nout\" : " + units));
  }

  private static Map<String, byte[]> with(Map<String, byte[]> good, String name, byte[] bytes) {
    Map<String, byte[]> other = new LinkedHashMap<>(good);
    other.put(name, bytes);
    return other;
  }

  private static Map<String, byte[]> without(Map<String, byte[]> good, String name) {
    Map<String, byte[]> other = new LinkedHashMap<>(good);
    other.remove(name);
    return other;
  }

  @ParameterizedTest
  @MethodSource("files")
  void read_fileThatPromisesTooMuch_isRefusedInOneLine(String words, Map<String, byte[]> entries) {
    refuses(words, Zips.write(folder.resolve("model.zip"), entries), DATA);
  }

  @Test
  void read_zerosWithoutEnd_isNoRegularFile() {
    refuses("found no regular file", Path.of("/dev/zero"), DATA);
  }

  @Test
  void read_sparseFileOfTwoGigabytes_isNoZipFile() throws IOException {
    Path file = folder.resolve("sparse.zip");
    try (var channel =
        Files.newByteChannel(
            file,
            java.nio.file.StandardOpenOption.CREATE_NEW,
            java.nio.file.StandardOpenOption.WRITE,
            java.nio.file.StandardOpenOption.SPARSE)) {
      channel.position(2L << 30);
      channel.write(java.nio.ByteBuffer.wrap(new byte[1]));
    }

    refuses("which is a zip file", file, DATA);
  }

  @Test
  void read_layerThatPadsImagesBeyondAllMemory_isRefused() {
    Model model =
        ConvertedModels.sequence(
            InputType.convolutional(6, 5, 2),
            new ConvolutionLayer.Builder(1, 1).nOut(3).activation(Activation.IDENTITY).build(),
            new BatchNormalization(),
            new ZeroPaddingLayer.Builder(100_000, 100_000).build(),
            new GlobalPoolingLayer(PoolingType.AVG),
            ConvertedModels.softmax());
    Split images = RandomFeatures.split(60, new ImageShape(6, 5, 2), ConvertedModels.CLASSES);

    refuses(
        "the outputs of its layers would take 1.20e+12 numbers",
        Zips.write(folder.resolve("padded.zip"), Zips.entries(model)),
        images);
  }

  /** Maps of 40,000×20,000 would take 12 GB. */
  @Test
  void read_concatenationOfManyChannels_hasNoCounterpart() {
    Model model =
        ConvertedModels.graph(
            ConvertedModels.base()
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.feedForward(Models.FEATURES))
                .addLayer("a", wide(), "in")
                .addLayer("b", wide(), "in")
                .addLayer("n", new BatchNormalization(), "a", "b")
                .addLayer("out", ConvertedModels.softmax(), "n"));

    Dl4jModel read =
        Dl4jModel.read(Zips.write(folder.resolve("wide.zip"), Zips.entries(model)), DATA, false);

    assertThat(read.describe()).endsWith("concatenates 40000 channels, too many for maps of them");
  }

  private static Layer wide() {
    return ConvertedModels.dense(20_000, new ActivationIdentity());
  }

  /** Two thousand bytes that take Java longer than there is time, if they are believed. */
  @Test
  void read_nestedSetsForPreprocessor_areNamedAndNotMade() throws IOException {
    Set<Object> root = new HashSet<>();
    Set<Object> left = root;
    Set<Object> right = new HashSet<>();
    for (int i = 0; i < 35; i++) {
      Set<Object> first = new HashSet<>(Set.of("leaf"));
      Set<Object> second = new HashSet<>();
      left.add(first);
      left.add(second);
      right.add(first);
      right.add(second);
      left = first;
      right = second;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(root);
    }
    assertThat(bytes.size()).isLessThan(2_500);

    for (String name : new String[] {"preprocessor.bin", "normalizer.bin"}) {
      Path file =
          Zips.write(folder.resolve("sets.zip"), with(perceptron(), name, bytes.toByteArray()));

      assertThat(Dl4jModel.read(file, DATA, false).describe())
          .contains("; not applied: HashSet in " + name + ", the features are as --data gives");
    }
  }
}
