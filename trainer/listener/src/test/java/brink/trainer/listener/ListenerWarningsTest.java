package brink.trainer.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.schemas.KafkaSettings;
import brink.v1.StepObserved;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;

/** What the listener tells of a training, and what it warns of. */
final class ListenerWarningsTest {
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

  @Test
  void fit_normalizedFullBatches_tellsWhatIsObservedAndNothingElse() {
    MultiLayerNetwork network = Models.perceptron(new Sgd(0.2), 0.01);
    DataSet data = Models.rows(20);

    try (BrinkListener brink = listener(OPTIONS)) {
      network.addListeners(brink);
      network.fit(data);
      network.fit(new ListDataSetIterator<>(data.asList(), 20), 2);
    }

    assertThat(news)
        .containsExactly(
            "run r: published to localhost:1; observed are loss, norms, gradient cosine and"
                + " curvature along the last move of layer0.W, layer3.W (88 of 145 trained"
                + " parameters); sharpness is not measured",
            "run r: 3 steps are published");
    assertThat(trouble).isEmpty();
  }

  @Test
  void fit_iteratorOfTwoBatches_warnsOnceOfMinibatches() {
    MultiLayerNetwork network = Models.perceptron(new Sgd(0.2), 0);

    try (BrinkListener brink = listener(OPTIONS)) {
      network.addListeners(brink);
      network.fit(new ListDataSetIterator<>(Models.rows(20).asList(), 10), 2);
    }

    assertThat(trouble)
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith("run r: steps are of minibatches (an epoch has several); ");
    assertThat(kafka.steps()).hasSize(4);
  }

  @Test
  void fit_batchSmallerThanTheData_warnsOfMinibatches() {
    MultiLayerNetwork network = Models.perceptron(new Sgd(0.2), 0);

    try (BrinkListener brink = listener(OPTIONS.withDataset("random", 60))) {
      network.addListeners(brink);
      network.fit(Models.rows(20));
    }

    assertThat(trouble)
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("minibatches (a batch has 20 of 60 examples)");
  }

  @Test
  void fit_batchesOfDifferentSizes_warnsOfMinibatches() {
    MultiLayerNetwork network = Models.perceptron(new Sgd(0.2), 0);

    try (BrinkListener brink = listener(OPTIONS)) {
      network.addListeners(brink);
      network.fit(Models.rows(20));
      network.fit(Models.rows(15));
    }

    assertThat(trouble)
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("minibatches (one has 20 examples, another 15)");
  }

  /** What DL4J's builder does is seen in the weights: the norm shrinks by 2λ, not λ. */
  @Test
  void fit_globalWeightDecay_isAppliedTwiceAndTold() {
    MultiLayerNetwork network =
        Models.perceptron(Models.base(new Sgd(0.5), 0).weightDecay(0.01), 1e-12);
    DataSet data = Models.rows(40);

    try (BrinkListener brink = listener(OPTIONS)) {
      network.addListeners(brink);
      network.fit(data);
      network.fit(data);
    }

    StepObserved before = kafka.steps().getFirst();
    StepObserved after = kafka.steps().getLast();
    assertThat(before.getWeightDecay()).isEqualTo(0.02);
    double kept = 1 - 0.5 * 0.02;
    double expected =
        kept * kept * before.getWeightNormSquared() + 0.5 * 0.5 * before.getGradientNormSquared();
    assertThat(after.getWeightNormSquared()).isCloseTo(expected, within(1e-9 * expected));
    assertThat(trouble)
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith("run r: weight decay is applied to layer0.W 2 times (0.01 + 0.01), ");
  }

  @Test
  void fit_weightDecayOfTheLayersOwnBuilder_isAppliedOnceAndNotTold() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            Models.base(new Sgd(0.5), 0)
                .list()
                .layer(
                    new DenseLayer.Builder()
                        .nIn(Models.FEATURES)
                        .nOut(4)
                        .activation(Activation.IDENTITY)
                        .weightDecay(0.01)
                        .build())
                .layer(new BatchNormalization.Builder().nOut(4).build())
                .layer(Models.output(4))
                .build());
    network.init();

    try (BrinkListener brink = listener(OPTIONS)) {
      network.addListeners(brink);
      network.fit(Models.rows(20));
    }

    assertThat(kafka.steps().getFirst().getWeightDecay()).isEqualTo(0.01);
    assertThat(trouble).isEmpty();
  }
}
