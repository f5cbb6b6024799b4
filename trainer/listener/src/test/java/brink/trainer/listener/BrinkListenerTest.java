package brink.trainer.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import brink.schemas.KafkaSettings;
import brink.schemas.KafkaSetupException;
import brink.schemas.PublishException;
import brink.v1.Layer;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import brink.v1.RunStatus;
import brink.v1.StepObserved;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

class BrinkListenerTest {
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(5_000), ZoneOffset.UTC);
  private static final BrinkListenerOptions OPTIONS =
      BrinkListenerOptions.of(KafkaSettings.of("localhost:1"), "my run").withRunId("r");

  private final ListenerKafka kafka = new ListenerKafka(Integer.MAX_VALUE);
  private final List<String> news = new ArrayList<>();
  private final List<String> trouble = new ArrayList<>();

  private Notices notices() {
    return new Notices(news::add, trouble::add);
  }

  private BrinkListener listener(BrinkListenerOptions options) {
    return new BrinkListener(options, () -> kafka, CLOCK, new Random(1), notices());
  }

  private static double squared(INDArray... arrays) {
    double sum = 0;
    for (INDArray array : arrays) {
      double norm = array.norm2Number().doubleValue();
      sum += norm * norm;
    }
    return sum;
  }

  @Test
  void fit_normalizedPerceptron_publishesEveryStepAsItWas() {
    MultiLayerNetwork network = Models.perceptron(new Sgd(0.2), 0.01);
    DataSet data = Models.rows(40);
    double weights = squared(network.getParam("0_W"), network.getParam("3_W"));
    network.setInput(data.getFeatures());
    network.setLabels(data.getLabels());
    network.computeGradientAndScore();
    // DL4J's gradients are sums over the batch.
    double gradient =
        squared(network.gradient().getGradientFor("0_W"), network.gradient().getGradientFor("3_W"))
            / (40 * 40);
    double loss = network.score() - network.calcRegularizationScore(true);

    try (BrinkListener brink = listener(OPTIONS)) {
      network.addListeners(brink);
      for (int i = 0; i < 20; i++) {
        network.fit(data);
      }
    }

    assertThat(kafka.closed()).isTrue();
    assertThat(kafka.history()).extracting(ProducerRecord::key).containsOnly("r");
    assertThat(kafka.history().stream().map(ProducerRecord::timestamp))
        .isSortedAccordingTo(Long::compare);
    List<StepObserved> steps = kafka.steps();
    assertThat(steps).extracting(StepObserved::getStep).startsWith(0L, 1L).endsWith(19L);
    StepObserved first = steps.getFirst();
    // Sums of at most 100 rounded squares, in another order.
    double rounding = 1e-13;
    assertThat(first.getLoss()).isCloseTo(loss, within(rounding * loss));
    assertThat(first.getWeightNormSquared()).isCloseTo(weights, within(rounding * weights));
    assertThat(first.getGradientNormSquared()).isCloseTo(gradient, within(rounding * gradient));
    assertThat(first.getLearningRate()).isEqualTo(0.2);
    assertThat(first.getWeightDecay()).isEqualTo(0.01);
    assertThat(first.hasGradientCosine()).isFalse();
    assertThat(first.getSharpnessCount()).isZero();
    assertThat(first.getLayersList())
        .extracting(Layer::getName)
        .containsExactly("layer0.W", "layer3.W");
    assertThat(first.getLayersList().stream().mapToDouble(Layer::getWeightNormSquared).sum())
        .isCloseTo(weights, within(rounding * weights));
    RunEvent last = (RunEvent) kafka.history().getLast().value();
    assertThat(last.getEnded().getStatus()).isEqualTo(RunStatus.RUN_STATUS_COMPLETED);
    assertThat(last.getEnded().getLastStep()).isEqualTo(19);
  }

  @Test
  void fit_fullBatchWithDecay_keepsTheNormLedgerUpToEpsilon() {
    MultiLayerNetwork network = Models.perceptron(new Sgd(0.5), 0.02);
    DataSet data = Models.rows(60);

    try (BrinkListener brink = listener(OPTIONS)) {
      network.addListeners(brink);
      for (int i = 0; i < 30; i++) {
        network.fit(data);
      }
    }

    assertThat(kafka.started().getScaleInvariantDimension()).isZero(); // ε = 1e-5
    // all but running means and variances: 6·8 + 8, 2·8, 8·5 + 5, 2·5, 5·3 + 3
    assertThat(kafka.started().getDimension()).isEqualTo(145);
    // ε/σ² with ε = 1e-5 and variances σ² of about 1/2 and more
    assertThat(kafka.started().getScaleInvarianceError()).isBetween(1e-9, 1e-4);
    for (int t = 1; t < 30; t++) {
      StepObserved before = kafka.steps().get(t - 1);
      StepObserved after = kafka.steps().get(t);
      double decay = 1 - 0.5 * 0.02;
      double weights = before.getWeightNormSquared();
      double gradient = before.getGradientNormSquared();
      double expected = decay * decay * weights + 0.5 * 0.5 * gradient;
      // the cross term 2·(1 − ηλ)·η·⟨w, ∇L⟩, which only ε makes differ from 0
      double crossTerm = 2 * 0.5 * 1e-4 * Math.sqrt(weights * gradient);
      assertThat(after.getWeightNormSquared()).isCloseTo(expected, within(crossTerm));
      assertThat(Math.abs(after.getGradientCosine())).isLessThanOrEqualTo(1 + 1e-12);
      assertThat(after.hasDirectionalCurvature()).isTrue();
    }
  }

  @Test
  void fit_graphWithConvolution_observesWhatGoesToNormalizationOnly() {
    ComputationGraph graph = Models.graph(new Sgd(0.1));
    double weights = squared(graph.getLayer("c").getParam("W"));

    try (BrinkListener brink = listener(OPTIONS)) {
      graph.addListeners(brink);
      graph.fit(Models.images(20));
    }

    StepObserved step = kafka.steps().getFirst();
    assertThat(step.getLayersList()).extracting(Layer::getName).containsExactly("c.W");
    assertThat(step.getWeightNormSquared()).isCloseTo(weights, within(1e-13 * weights));
    assertThat(kafka.started().getScaleInvariantDimension()).isZero(); // ε = 1e-5
    assertThat(kafka.started().getScaleInvarianceError()).isLessThan(1e-3);
  }

  @Test
  void fit_graphWithConcatenationBeforeNormalization_observesEachBranch() {
    ComputationGraph graph = Models.merged(Models.base(new Sgd(0.1), 0), 1e-5, new MergeVertex());

    try (BrinkListener brink = listener(OPTIONS)) {
      graph.addListeners(brink);
      graph.fit(Models.rows(20));
    }

    assertThat(kafka.steps().getFirst().getLayersList())
        .extracting(Layer::getName)
        .containsExactly("a.W", "b.W");
    assertThat(kafka.started().getScaleInvarianceError()).isBetween(0.0, 1e-3);
  }

  @Test
  void fit_epsilonZeroBehindConcatenation_isScaleInvariantInEachBranch() {
    ComputationGraph graph = Models.merged(Models.base(new Sgd(0.1), 0), 0, new MergeVertex());

    try (BrinkListener brink = listener(OPTIONS)) {
      graph.addListeners(brink);
      graph.fit(Models.rows(20));
    }

    assertThat(kafka.started().getScaleInvariantDimension()).isEqualTo(6 * 4 + 6 * 3);
    assertThat(kafka.started().getScaleInvarianceError()).isLessThan(1e-13);
  }

  @Test
  void fit_withoutNormalization_observesEverythingAndSaysSo() {
    MultiLayerNetwork network = Models.plain(new Adam(1e-2));
    double weights = squared(network.params());

    try (BrinkListener brink = listener(OPTIONS)) {
      network.addListeners(brink);
      network.fit(Models.rows(10));
    }

    assertThat(kafka.started().getScaleInvariantDimension()).isZero();
    assertThat(kafka.started().getScaleInvarianceError()).isGreaterThan(1e-3);
    assertThat(kafka.started().getNetwork())
        .contains("none of which is normalized", "the updater is Adam");
    assertThat(news)
        .first(InstanceOfAssertFactories.STRING)
        .contains("layer0.W, layer0.b, layer1.W, layer1.b (43 of 43 trained parameters)");
    assertThat(trouble)
        .containsExactly(
            "run r: no weights go straight to batch normalization; all trained ones are observed,"
                + " and Brink's equations do not hold for them",
            "run r: the updater is Adam; Brink's equations hold for the updater Sgd with L2 or"
                + " weight decay only");
    assertThat(kafka.steps().getFirst().getWeightNormSquared())
        .isCloseTo(weights, within(1e-13 * weights));
  }

  @Test
  void fit_updaterWithoutLearningRate_isNotPublished() {
    MultiLayerNetwork network = Models.perceptron(new AdaDelta(), 0);

    try (BrinkListener brink = listener(OPTIONS)) {
      network.addListeners(brink);
      network.fit(Models.rows(10));
      assertThat(brink.isPublishing()).isFalse();
    }

    assertThat(kafka.history()).isEmpty();
  }

  @Test
  void fit_kafkaRefuses_trainsTheSameAndStopsPublishing() {
    MultiLayerNetwork alone = Models.perceptron(new Sgd(0.2), 0);
    MultiLayerNetwork observed = alone.clone();
    DataSet data = Models.rows(20);
    ListenerKafka full = new ListenerKafka(3);

    try (BrinkListener brink =
        new BrinkListener(OPTIONS, () -> full, CLOCK, new Random(1), notices())) {
      observed.addListeners(brink);
      for (int i = 0; i < 6; i++) {
        alone.fit(data);
        observed.fit(data);
      }
      assertThat(brink.isPublishing()).isFalse();
    }

    assertThat(trouble)
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith("run r: not published from step ")
        .contains(" on, training goes on: ");
    assertThat(observed.params()).isEqualTo(alone.params());
    assertThat(full.closed()).isTrue();
  }

  @Test
  void fit_kafkaRefusesAndFailingAsked_throwsIntoTheTraining() {
    MultiLayerNetwork network = Models.perceptron(new Sgd(0.2), 0);
    network.addListeners(
        new BrinkListener(
            OPTIONS.failing(), () -> new ListenerKafka(1), CLOCK, new Random(1), notices()));

    assertThatThrownBy(() -> network.fit(Models.rows(20)))
        .isInstanceOf(PublishException.class)
        .hasMessageContaining("run r: Kafka did not take");
  }

  @Test
  void publishTo_nothingListens_trainsWithoutPublishing() throws IOException {
    String nobody;
    try (ServerSocket closed = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      nobody = "127.0.0.1:" + closed.getLocalPort();
    }
    MultiLayerNetwork network = Models.perceptron(new Sgd(0.2), 0);

    try (BrinkListener brink = BrinkListener.publishTo(nobody, "my run")) {
      network.addListeners(brink);
      network.fit(Models.rows(20));
      assertThat(brink.isPublishing()).isFalse();
      assertThat(brink.runId()).startsWith("my-run-");
    }
    assertThat(network.getIterationCount()).isOne();

    BrinkListenerOptions failing = BrinkListenerOptions.of(KafkaSettings.of(nobody), "x").failing();
    assertThatThrownBy(() -> BrinkListener.publish(failing))
        .isInstanceOf(KafkaSetupException.class)
        .hasMessageContaining("nothing listens at " + nobody);
  }

  @Test
  void fit_lossNotFinite_endsDiverged() {
    MultiLayerNetwork network = Models.perceptron(new Sgd(0.2), 0);
    network.params().putScalar(0, Double.NaN);

    try (BrinkListener brink = listener(OPTIONS)) {
      network.addListeners(brink);
      network.fit(Models.rows(20));
    }

    RunEvent last = (RunEvent) kafka.history().getLast().value();
    assertThat(last.getEnded().getStatus()).isEqualTo(RunStatus.RUN_STATUS_DIVERGED);
    assertThat(last.getEnded().getReason()).contains("step 0");
  }

  @Test
  void options_named_arePublished() {
    MultiLayerNetwork network = Models.perceptron(new Sgd(0.2), 0);

    try (BrinkListener brink =
        listener(OPTIONS.withGroup("study").withTag("a", "b").withDataset("random", 20))) {
      network.addListeners(brink);
      network.fit(Models.rows(20));
    }

    RunStarted started = kafka.started();
    assertThat(started.getName()).isEqualTo("my run");
    assertThat(started.getGroup()).isEqualTo("study");
    assertThat(started.getTagsMap()).containsEntry("a", "b");
    assertThat(started.getDataset()).isEqualTo("random");
    assertThat(started.getTrainSize()).isEqualTo(20);
    assertThat(started.getPrecision()).isEqualTo("float64");
    assertThat(started.hasPlannedSteps()).isFalse();
  }
}
