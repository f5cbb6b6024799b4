package brink.trainer.listener;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small DL4J networks and data for them. */
public final class Models {
  public static final int FEATURES = 6;
  public static final int CLASSES = 3;

  private Models() {}

  public static NeuralNetConfiguration.Builder base(IUpdater updater, double weightDecay) {
    NeuralNetConfiguration.Builder base =
        new NeuralNetConfiguration.Builder().seed(7).dataType(DataType.DOUBLE).updater(updater);
    return weightDecay == 0 ? base : base.l2(weightDecay);
  }

  /** Dense 6→8 (layer 0), BN (1), tanh (2), dense 8→5 (3), BN (4), tanh (5), output 5→3 (6). */
  public static MultiLayerNetwork perceptron(IUpdater updater, double weightDecay) {
    return perceptron(base(updater, weightDecay), 1e-5);
  }

  public static MultiLayerNetwork perceptron(NeuralNetConfiguration.Builder base, double epsilon) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            base.list()
                .layer(dense(FEATURES, 8))
                .layer(new BatchNormalization.Builder().nOut(8).eps(epsilon).build())
                .layer(new ActivationLayer(Activation.TANH))
                .layer(dense(8, 5))
                .layer(new BatchNormalization.Builder().nOut(5).eps(epsilon).build())
                .layer(new ActivationLayer(Activation.TANH))
                .layer(output(5))
                .build());
    network.init();
    return network;
  }

  private static DenseLayer dense(int in, int out) {
    return new DenseLayer.Builder().nIn(in).nOut(out).activation(Activation.IDENTITY).build();
  }

  public static OutputLayer output(int in) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nIn(in)
        .nOut(CLASSES)
        .activation(Activation.SOFTMAX)
        .build();
  }

  /** Without any normalization. */
  public static MultiLayerNetwork plain(IUpdater updater) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            base(updater, 0)
                .list()
                .layer(
                    new DenseLayer.Builder()
                        .nIn(FEATURES)
                        .nOut(4)
                        .activation(Activation.TANH)
                        .build())
                .layer(output(4))
                .build());
    network.init();
    return network;
  }

  /**
   * A graph on 4×4 images of one channel: convolution "c" with bias, BN, and a dense layer "d"
   * whose output goes both to BN and straight to the output.
   */
  public static ComputationGraph graph(IUpdater updater) {
    ComputationGraphConfiguration configuration =
        base(updater, 0)
            .convolutionMode(ConvolutionMode.Same)
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.convolutional(4, 4, 1))
            .addLayer(
                "c",
                new ConvolutionLayer.Builder(3, 3).nOut(2).activation(Activation.IDENTITY).build(),
                "in")
            .addLayer("cn", new BatchNormalization(), "c")
            .addLayer(
                "d", new DenseLayer.Builder().nOut(4).activation(Activation.IDENTITY).build(), "cn")
            .addLayer("dn", new BatchNormalization(), "d")
            .addLayer(
                "out",
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nOut(CLASSES)
                    .activation(Activation.SOFTMAX)
                    .build(),
                "dn",
                "d")
            .setOutputs("out")
            .build();
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    return graph;
  }

  /**
   * A graph of rows in which two dense layers "a" and "b" are concatenated and then normalized; "c"
   * is, too, but goes to the output as well.
   *
   * @param merge what concatenates them
   */
  public static ComputationGraph merged(
      NeuralNetConfiguration.Builder base, double epsilon, MergeVertex merge) {
    ComputationGraph graph =
        new ComputationGraph(
            base.graphBuilder()
                .addInputs("in")
                .addLayer("a", dense(FEATURES, 4), "in")
                .addLayer("b", dense(FEATURES, 3), "in")
                .addVertex("ab", merge, "a", "b")
                .addLayer(
                    "abn",
                    new BatchNormalization.Builder().nIn(7).nOut(7).eps(epsilon).build(),
                    "ab")
                .addLayer("act", new ActivationLayer(Activation.TANH), "abn")
                .addLayer("c", dense(7, 2), "act")
                .addVertex("actc", new MergeVertex(), "act", "c")
                .addLayer("actcn", new BatchNormalization.Builder().nIn(9).nOut(9).build(), "actc")
                .addVertex("all", new MergeVertex(), "actcn", "c")
                .addLayer("out", output(11), "all")
                .setOutputs("out")
                .build());
    graph.init();
    return graph;
  }

  /** Random rows with random classes. */
  public static DataSet rows(int count) {
    return labelled(count, FEATURES);
  }

  /** Random 4×4 images of one channel with random classes. */
  public static DataSet images(int count) {
    DataSet data = labelled(count, 16);
    return new DataSet(data.getFeatures().reshape(count, 1, 4, 4), data.getLabels());
  }

  private static DataSet labelled(int count, int features) {
    java.util.Random random = new java.util.Random(count);
    double[][] x = new double[count][features];
    double[][] y = new double[count][CLASSES];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < features; j++) {
        x[i][j] = random.nextGaussian();
      }
      y[i][random.nextInt(CLASSES)] = 1;
    }
    return new DataSet(Nd4j.createFromArray(x), Nd4j.createFromArray(y));
  }
}
