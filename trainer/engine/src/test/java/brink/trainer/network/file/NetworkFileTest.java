package brink.trainer.network.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Loss;
import brink.trainer.network.LayerException;
import brink.trainer.network.LayerSpec;
import brink.trainer.network.LayerSpec.Activate;
import brink.trainer.network.LayerSpec.Convolution;
import brink.trainer.network.LayerSpec.Dense;
import brink.trainer.network.LayerSpec.GlobalPool;
import brink.trainer.network.LayerSpec.Pool;
import brink.trainer.network.LayerSpec.PoolKind;
import brink.trainer.network.LayerSpec.Residual;
import brink.trainer.network.LayerSpec.Subsample;
import brink.trainer.network.Normalizer.BatchNormalization;
import brink.trainer.network.Normalizer.GroupNormalization;
import brink.trainer.network.Normalizer.NoNormalization;
import brink.trainer.network.Normalizer.WeightNormalization;
import brink.trainer.network.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkFileTest {
  private static final BatchNormalization BATCH = new BatchNormalization(0);

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("net.yaml"), text);
  }

  private NetworkFile read(String text) throws IOException {
    return NetworkFile.read(file(text), Loss.SOFTMAX_CROSS_ENTROPY, null, null, null, null);
  }

  private void assertRefused(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(NetworkFileException.class)
        .hasMessage(folder.resolve("net.yaml") + message);
  }

  @Test
  void read_everyKindOfLayer_isUnderstood() throws IOException {
    NetworkFile file =
        read(
            """
            normalization: group
            groups: 2
            activation: gelu
            logit-scale: 2
            layers:
              - {type: convolution, filters: 8}
              - {type: max-pool, window: 2}
              - {type: average-pool, window: 3, stride: 1, name: mean}
              - type: residual
                body:
                  - {type: convolution, filters: 16, kernel: 5, stride: 2, activation: identity}
                shortcut:
                  - {type: subsample, stride: 2, channels: 16}
              - {type: activation, activation: relu}
              - {type: activation}
              - {type: global-average-pool}
              - {type: global-max-pool}
              - {type: dense, units: 10, normalization: weight}
              - {type: dense, units: 9, normalization: none, activation: softplus}
              - {type: dense, units: 8, normalization: batch, epsilon: 1e-5}
            """);

    GroupNormalization groups = new GroupNormalization(2, 0);
    assertThat(file.spec().logitScale()).isEqualTo(2);
    assertThat(file.spec().loss()).isEqualTo(Loss.SOFTMAX_CROSS_ENTROPY);
    assertThat(file.spec().layers())
        .containsExactly(
            new Convolution("convolution1", 8, 3, 1, 1, groups, Activation.GELU),
            new Pool("max-pool2", PoolKind.MAX, 2, 2),
            new Pool("mean", PoolKind.AVERAGE, 3, 1),
            new Residual(
                "residual4",
                List.of(new Convolution("convolution5", 16, 5, 2, 2, groups, Activation.IDENTITY)),
                List.of(new Subsample("subsample6", 2, 16))),
            new Activate("activation7", Activation.RELU),
            new Activate("activation8", Activation.GELU),
            new GlobalPool("global-average-pool9", PoolKind.AVERAGE),
            new GlobalPool("global-max-pool10", PoolKind.MAX),
            new Dense("dense11", 10, new WeightNormalization(), Activation.GELU),
            new Dense("dense12", 9, new NoNormalization(), Activation.SOFTPLUS),
            new Dense("dense13", 8, new BatchNormalization(1e-5), Activation.GELU));
  }

  @Test
  void read_json_isTheSame() throws IOException {
    List<LayerSpec> layers =
        read("{\"layers\": [{\"type\": \"dense\", \"units\": 4}]}").spec().layers();

    assertThat(layers).containsExactly(new Dense("dense1", 4, BATCH, Activation.TANH));
  }

  @Test
  void read_withOptions_replacesTheFilesDefaults() throws IOException {
    Path file = file("activation: relu\nlayers: [{type: dense, units: 4}]\n");

    NetworkFile network =
        NetworkFile.read(file, Loss.MEAN_SQUARED_ERROR, "none", Activation.SOFTPLUS, null, null);

    assertThat(network.spec().layers())
        .containsExactly(new Dense("dense1", 4, new NoNormalization(), Activation.SOFTPLUS));
  }

  @Test
  void read_withGroupsAndEpsilon_replacesTheFilesDefaults() throws IOException {
    Path file = file("groups: 2\nlayers: [{type: dense, units: 4}, {type: dense, units: 8}]\n");

    NetworkFile network = NetworkFile.read(file, Loss.MEAN_SQUARED_ERROR, "group", null, 4, 1e-5);

    assertThat(network.spec().layers())
        .containsExactly(
            new Dense("dense1", 4, new GroupNormalization(4, 1e-5), Activation.TANH),
            new Dense("dense2", 8, new GroupNormalization(4, 1e-5), Activation.TANH));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                  | : expected a network, found nothing
          a list?                             | :1: expected a network with keys and values, found a list?
          layers: 3                           | :1: layers: expected a list, found 3
          layers: []                          | : a network needs at least one trained layer
          layers: [3]                         | :1: expected a layer with keys and values, found 3
          layers: [{units: 3}]                | :1: type: expected one of activation, average-pool, convolution, dense, global-average-pool, global-max-pool, max-pool, residual, subsample, found none
          layers: [{type: dens, units: 3}]    | :1: type: expected one of activation, average-pool, convolution, dense, global-average-pool, global-max-pool, max-pool, residual, subsample, found dens
          layers: [{type: dense}]             | :1: expected key 'units', found none
          layers: [{type: dense, units: x}]   | :1: units: expected a whole number, found x
          layers: [{type: dense, units: 1.5}] | :1: units: expected a whole number, found 1.5
          layers: [{type: dense, units: 0}]   | :1: layer dense1: units must be positive, not 0
          layers: [{type: dense, units: 1, activation: sin}] | :1: activation: expected one of gelu, identity, relu, softplus, tanh, found sin
          layers: [{type: dense, units: 1, unit: 2}] | :1: unknown key 'unit', expected activation, epsilon, groups, name, normalization, type, units
          layers: [{type: dense, units: 1, units: 2}] | :1: key 'units' is there twice
          layers: [{type: dense, units: 1, epsilon: -1}] | :1: epsilon must be 0 or more, not -1.0
          layers: [{type: residual}]          | :1: layer residual1: the body of a residual layer needs a layer
          layers: [{type: dense, units: 1}    | :1: no YAML: expected ',' or ']', but got <stream end>
          """)
  void read_nonsense_tellsLineExpectedAndFound(String text, String message) {
    assertRefused(text, message);
  }

  @Test
  void read_laterLines_areNamed() {
    assertRefused(
        "layers:\n"
            + "  - {type: dense, units: 4}\n"
            + "  - type: dense\n"
            + "    units: 4\n"
            + "    normalisation: batch\n",
        ":5: unknown key 'normalisation', expected activation, epsilon, groups, name,"
            + " normalization, type, units");
    assertRefused(
        "layers:\n  - {type: dense, units: 4, name: a}\n  - {type: dense, units: 4, name: a}\n",
        ":3: another layer has the name 'a', and names are unique");
    assertRefused(
        "seed: 3\nlayers: [{type: dense, units: 4}]\n",
        ":1: unknown key 'seed', expected activation, epsilon, groups, layers, logit-scale,"
            + " normalization");
  }

  @Test
  void read_layerWithinItself_isRefused() {
    assertRefused(
        "layers:\n  - &a\n    type: residual\n    name: again\n    body: [*a]\n",
        ":2: another layer has the name 'again', and names are unique");
    assertRefused(
        "layers:\n  - &a\n    type: residual\n    body: [*a]\n",
        ":2: residual layers are nested more than 16 deep");
  }

  @Test
  void read_thousandsOfLevels_isRefused() {
    String levels = "{type: residual, body: [".repeat(20_000) + "]}".repeat(20_000);

    assertRefused("layers: [" + levels + "]", ": is nested too deeply");
  }

  @Test
  void read_missingFile_isRefused() {
    Path missing = folder.resolve("none.yaml");

    assertThatThrownBy(
            () -> NetworkFile.read(missing, Loss.SOFTMAX_CROSS_ENTROPY, null, null, null, null))
        .isInstanceOf(NetworkFileException.class)
        .hasMessage(missing + ": no such file");
  }

  @Test
  void located_layerThatDoesNotFit_namesItsLineAndBothShapes() throws IOException {
    NetworkFile file =
        read(
            """
            layers:
              - {type: convolution, filters: 8}
              - type: residual
                body:
                  - {type: convolution, filters: 4, name: narrow}
            """);

    assertThatThrownBy(() -> file.spec().output(new Shape(6, 6, 1)))
        .isInstanceOfSatisfying(
            LayerException.class,
            e ->
                assertThat(file.located(e))
                    .hasMessage(
                        folder.resolve("net.yaml")
                            + ":3: layer residual2: body gives 6×6×4, shortcut 6×6×8, and they"
                            + " cannot be added"));
  }
}
