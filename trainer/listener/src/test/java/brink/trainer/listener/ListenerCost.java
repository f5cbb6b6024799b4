package brink.trainer.listener;

import brink.schemas.KafkaSettings;
import brink.schemas.MessageSerializer;
import com.google.protobuf.Message;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.util.Arrays;
import java.util.Random;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** What a step costs in a training; no test, and run only when it is asked for by name. */
class ListenerCost {
  private static final int WIDTH = 1_000;
  private static final int INPUTS = 784;
  private static final int EXAMPLES = 1_000;
  private static final int STEPS = 21;

  @Test
  void step_ofAPerceptron_isTimed() {
    MultiLayerNetwork network = perceptron();
    DataSet data =
        new DataSet(
            Nd4j.rand(DataType.FLOAT, EXAMPLES, INPUTS), Nd4j.eye(10).repeat(0, EXAMPLES / 10));
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double[] processor = new double[STEPS];
    double[] wall = new double[STEPS];
    double[] training = new double[STEPS];
    try (BrinkListener brink = listener()) {
      for (int step = 0; step < STEPS; step++) {
        long begin = System.nanoTime();
        network.fit(data);
        long trained = System.nanoTime();
        long busy = threads.getCurrentThreadCpuTime();
        brink.onGradientCalculation(network);
        processor[step] = (threads.getCurrentThreadCpuTime() - busy) * 1e-6;
        wall[step] = (System.nanoTime() - trained) * 1e-6;
        training[step] = (trained - begin) * 1e-6;
      }
    }
    System.out.printf(
        "%d observed weights, %d examples: %.1f ms of training, %.1f ms of the listener, %.1f ms of"
            + " processor time, medians of %d steps%n",
        INPUTS * WIDTH + WIDTH * WIDTH,
        EXAMPLES,
        median(training),
        median(wall),
        median(processor),
        STEPS);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static BrinkListener listener() {
    return new BrinkListener(
        BrinkListenerOptions.of(KafkaSettings.of("localhost:1"), "cost"),
        ListenerCost::memory,
        Clock.systemUTC(),
        new Random(1),
        Notices.ofProgram());
  }

  private static Producer<String, Message> memory() {
    return new MockProducer<>(true, null, new StringSerializer(), new MessageSerializer());
  }

  private static MultiLayerNetwork perceptron() {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Sgd(0.1))
            .list()
            .layer(dense(INPUTS))
            .layer(new BatchNormalization.Builder().nOut(WIDTH).build())
            .layer(new ActivationLayer(Activation.TANH))
            .layer(dense(WIDTH))
            .layer(new BatchNormalization.Builder().nOut(WIDTH).build())
            .layer(new ActivationLayer(Activation.TANH))
            .layer(
                new OutputLayer.Builder()
                    .nIn(WIDTH)
                    .nOut(10)
                    .activation(Activation.SOFTMAX)
                    .build());
    MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
    network.init();
    return network;
  }

  private static DenseLayer dense(int inputs) {
    return new DenseLayer.Builder().nIn(inputs).nOut(WIDTH).activation(Activation.IDENTITY).build();
  }
}
