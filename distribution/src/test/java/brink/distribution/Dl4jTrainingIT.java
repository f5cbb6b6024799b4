package brink.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import brink.distribution.broker.BrokerSettings;
import brink.distribution.broker.EmbeddedBroker;
import brink.trainer.listener.BrinkListener;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.utilty.SingletonDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A user's own DL4J program, as docs/deeplearning4j.md shows it, watched by a monitor. */
final class Dl4jTrainingIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;

  @Test
  void fit_withListener_isWatchedByTheMonitor() throws IOException {
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(BrokerSettings.onAnyPort(folder.resolve("kafka")))) {
      String httpPort = FreePort.find();
      try (ProgramProcess _ =
              ProgramProcess.start(
                  folder.resolve("monitor.log"),
                  "monitor",
                  "--bootstrap-servers",
                  broker.bootstrapServers(),
                  "--http-port",
                  httpPort);
          Monitor monitor = new Monitor(httpPort)) {
        String run = train(broker.bootstrapServers(), perceptron(), examples());

        await().atMost(PATIENCE).until(() -> monitor.isAt(run, "REGIME_ENDED"));
        JsonObject seen = monitor.run(run);
        assertThat(seen.get("last_step").getAsLong()).isEqualTo(49);
        assertThat(monitor.metrics())
            .contains("problem=\"dl4j\"", "producer=\"brink-dl4j\"", "run=\"" + run + "\"")
            .doesNotContainPattern("brink_rejected_total\\{[^}]*\\} [1-9]");
      }
      Program.Result runs =
          Program.run("runs", "--json", "--bootstrap-servers", broker.bootstrapServers());
      assertThat(runs.out()).contains("\"name\":\"my run\"", "COMPLETED");
    }
  }

  @SuppressWarnings("try") // The page's code, in which the listener is used by its model only.
  private static String train(String kafka, MultiLayerNetwork model, DataSetIterator data) {
    String run;
    try (var brink = BrinkListener.publishTo(kafka, "my run")) {
      model.addListeners(brink);
      model.fit(data, 50);
      run = brink.runId();
    }
    return run;
  }

  static MultiLayerNetwork perceptron() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Sgd(0.1))
                .l2(1e-3)
                .list()
                .layer(
                    new DenseLayer.Builder().nIn(6).nOut(8).activation(Activation.IDENTITY).build())
                .layer(new BatchNormalization())
                .layer(new ActivationLayer(Activation.TANH))
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(8)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
    network.init();
    return network;
  }

  private static DataSetIterator examples() {
    Random random = new Random(1);
    float[][] x = new float[40][6];
    float[][] y = new float[40][3];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x[i].length; j++) {
        x[i][j] = (float) random.nextGaussian();
      }
      y[i][random.nextInt(3)] = 1;
    }
    return new SingletonDataSetIterator(
        new DataSet(Nd4j.createFromArray(x), Nd4j.createFromArray(y)));
  }

  @Test
  void page_javaCode_isWhatRunsHere() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("CHANGELOG.md"))) {
      root = Objects.requireNonNull(root.getParent());
    }
    List<String> shown =
        Files.readString(root.resolve("docs/deeplearning4j.md"))
            .lines()
            .dropWhile(line -> !line.equals("```java"))
            .skip(1)
            .takeWhile(line -> !line.equals("```"))
            .map(line -> line.strip().replace("\"localhost:9092\"", "kafka"))
            .toList();
    List<String> here =
        Files.readString(
                root.resolve("distribution/src/test/java/brink/distribution/Dl4jTrainingIT.java"))
            .lines()
            .map(String::strip)
            .toList();

    assertThat(shown).hasSizeGreaterThan(3);
    assertThat(here).containsSubsequence(shown);
  }
}
