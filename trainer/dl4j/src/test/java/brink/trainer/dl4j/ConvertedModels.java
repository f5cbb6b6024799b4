package brink.trainer.dl4j;

import brink.trainer.data.ImageShape;
import brink.trainer.data.Split;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** DL4J networks that have counterparts here, with all parameters disturbed. */
final class ConvertedModels {
  static final int CLASSES = 3;
  static final ImageShape IMAGE = new ImageShape(6, 5, 2);
  static final Split IMAGES = RandomFeatures.split(IMAGE.length(), IMAGE, CLASSES);
  static final Split VECTORS = RandomFeatures.split(7, null, CLASSES);

  private ConvertedModels() {}

  /** A network and examples for it. */
  record Case(String name, Model model, Split data) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> all() {
    return Stream.of(
        new Case("perceptron", perceptron(), VECTORS),
        new Case("squared error", squaredError(new LossMSE()), VECTORS),
        new Case("sum of squares", squaredError(new LossL2()), VECTORS),
        new Case("frozen layer", frozen(), VECTORS),
        new Case("loss layer", lossLayer(), VECTORS),
        new Case("perceptron of images", ofImages(), IMAGES),
        new Case("convolutions to dense", convolutions(false), IMAGES),
        new Case("convolutions of flat rows", convolutions(true), IMAGES),
        new Case("residual graph", residual(), IMAGES),
        new Case("residual graph of vectors", residualOfVectors(), VECTORS),
        new Case("concatenated images", concatenated(), IMAGES),
        new Case("concatenated vectors", concatenatedVectors(1e-5), VECTORS));
  }

  static NeuralNetConfiguration.Builder base() {
    return new NeuralNetConfiguration.Builder()
        .seed(3)
        .dataType(DataType.DOUBLE)
        .updater(new Sgd(0.1));
  }

  static DenseLayer dense(int out, IActivation activation) {
    return new DenseLayer.Builder().nOut(out).activation(activation).build();
  }

  static OutputLayer softmax() {
    return output(new LossMCXENT(), Activation.SOFTMAX);
  }

  static OutputLayer output(ILossFunction loss, Activation activation) {
    return new OutputLayer.Builder(loss).nOut(CLASSES).activation(activation).build();
  }

  static MultiLayerNetwork sequence(InputType input, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list = base().list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    MultiLayerNetwork network = new MultiLayerNetwork(list.setInputType(input).build());
    network.init();
    disturb(network);
    return network;
  }

  private static void disturb(Model model) {
    INDArray parameters = model.params();
    Random random = new Random(8);
    double[] noise = random.doubles(parameters.length()).map(u -> u - 0.5).toArray();
    model.setParams(parameters.add(Nd4j.createFromArray(noise).reshape(parameters.shape())));
  }

  private static MultiLayerNetwork perceptron() {
    return sequence(
        InputType.feedForward(7),
        dense(6, new ActivationIdentity()),
        new BatchNormalization(),
        new ActivationLayer(Activation.TANH),
        new DenseLayer.Builder().nOut(5).hasBias(false).activation(Activation.IDENTITY).build(),
        new BatchNormalization.Builder().eps(0.1).lockGammaBeta(true).build(),
        dense(4, new ActivationSoftPlus()),
        new BatchNormalization(),
        dense(4, new ActivationTanH()),
        softmax());
  }

  private static MultiLayerNetwork squaredError(ILossFunction loss) {
    return sequence(
        InputType.feedForward(7),
        dense(6, new ActivationIdentity()),
        new BatchNormalization(),
        dense(4, new ActivationTanH()),
        output(loss, Activation.IDENTITY));
  }

  private static MultiLayerNetwork frozen() {
    return sequence(
        InputType.feedForward(7),
        new FrozenLayer(dense(6, new ActivationTanH())),
        dense(5, new ActivationIdentity()),
        new BatchNormalization(),
        new ActivationLayer(Activation.TANH),
        softmax());
  }

  private static MultiLayerNetwork lossLayer() {
    return sequence(
        InputType.feedForward(7),
        dense(CLASSES, new ActivationIdentity()),
        new BatchNormalization(),
        new LossLayer.Builder(LossFunction.NEGATIVELOGLIKELIHOOD)
            .activation(Activation.SOFTMAX)
            .build());
  }

  private static MultiLayerNetwork ofImages() {
    return sequence(
        InputType.feedForward(IMAGE.length()),
        dense(5, new ActivationIdentity()),
        new BatchNormalization(),
        new ActivationLayer(Activation.TANH),
        softmax());
  }

  private static ConvolutionLayer.Builder convolution(int kernel, int filters) {
    return new ConvolutionLayer.Builder(kernel, kernel)
        .nOut(filters)
        .activation(Activation.IDENTITY);
  }

  private static MultiLayerNetwork convolutions(boolean flat) {
    return sequence(
        flat
            ? InputType.convolutionalFlat(IMAGE.height(), IMAGE.width(), IMAGE.channels())
            : InputType.convolutional(IMAGE.height(), IMAGE.width(), IMAGE.channels()),
        convolution(3, 3).convolutionMode(ConvolutionMode.Same).build(),
        new BatchNormalization(),
        new ActivationLayer(Activation.TANH),
        new SubsamplingLayer.Builder(PoolingType.MAX).kernelSize(2, 2).stride(1, 1).build(),
        convolution(2, 4).padding(1, 1).stride(2, 2).activation(new ActivationReLU()).build(),
        new BatchNormalization(),
        new SubsamplingLayer.Builder(PoolingType.AVG).kernelSize(2, 2).stride(1, 1).build(),
        dense(5, new ActivationIdentity()),
        new BatchNormalization(),
        softmax());
  }

  static ComputationGraph graph(ComputationGraphConfiguration.GraphBuilder builder) {
    ComputationGraph graph = new ComputationGraph(builder.setOutputs("out").build());
    graph.init();
    disturb(graph);
    return graph;
  }

  private static ConvolutionLayer same(int kernel, int filters) {
    return convolution(kernel, filters).convolutionMode(ConvolutionMode.Same).build();
  }

  private static ComputationGraph residual() {
    return graph(
        base()
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.convolutional(IMAGE.height(), IMAGE.width(), IMAGE.channels()))
            .addLayer("stem", same(3, 3), "in")
            .addLayer("stemN", new BatchNormalization(), "stem")
            .addLayer("act", new ActivationLayer(Activation.TANH), "stemN")
            .addLayer("a", same(3, 4), "act")
            .addLayer("aN", new BatchNormalization(), "a")
            .addLayer("aA", new ActivationLayer(Activation.SOFTPLUS), "aN")
            .addLayer("b", same(3, 4), "aA")
            .addLayer("bN", new BatchNormalization(), "b")
            .addLayer("project", same(1, 4), "act")
            .addLayer("projectN", new BatchNormalization(), "project")
            .addVertex("add", new ElementWiseVertex(ElementWiseVertex.Op.Add), "projectN", "bN")
            .addLayer("after", new ActivationLayer(Activation.TANH), "add")
            .addLayer("c", same(3, 4), "after")
            .addVertex("again", new ElementWiseVertex(ElementWiseVertex.Op.Add), "after", "c")
            .addLayer("againN", new BatchNormalization(), "again")
            .addLayer("d", dense(5, new ActivationIdentity()), "againN")
            .addLayer("dN", new BatchNormalization(), "d")
            .addLayer("out", softmax(), "dN"));
  }

  private static ComputationGraph residualOfVectors() {
    return graph(
        base()
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.feedForward(7))
            .addLayer("a", dense(5, new ActivationIdentity()), "in")
            .addLayer("aN", new BatchNormalization(), "a")
            .addLayer("b", dense(5, new ActivationTanH()), "aN")
            .addLayer("c", dense(5, new ActivationTanH()), "b")
            .addVertex("inner", new ElementWiseVertex(ElementWiseVertex.Op.Add), "b", "c")
            .addVertex("outer", new ElementWiseVertex(ElementWiseVertex.Op.Add), "inner", "aN")
            .addLayer("out", softmax(), "outer"));
  }

  /**
   * Three branches that are normalized together, two in a merge of their own and one of them the
   * input itself; then two that are concatenated after their activations.
   */
  private static ComputationGraph concatenated() {
    return graph(
        base()
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.convolutional(IMAGE.height(), IMAGE.width(), IMAGE.channels()))
            .addLayer("one", same(1, 3), "in")
            .addLayer("three", same(3, 2), "in")
            .addVertex("two", new MergeVertex(), "one", "three")
            .addVertex("all", new MergeVertex(), "two", "in")
            .addLayer("allN", new BatchNormalization(), "all")
            .addLayer("act", new ActivationLayer(Activation.TANH), "allN")
            .addLayer("a", same(3, 4), "act")
            .addLayer("aN", new BatchNormalization(), "a")
            .addLayer("aA", new ActivationLayer(Activation.SOFTPLUS), "aN")
            .addLayer(
                "pool",
                new SubsamplingLayer.Builder(PoolingType.MAX)
                    .kernelSize(3, 3)
                    .stride(1, 1)
                    .convolutionMode(ConvolutionMode.Truncate)
                    .build(),
                "aA")
            .addLayer("b", convolution(3, 3).build(), "act")
            .addLayer("bA", new ActivationLayer(Activation.TANH), "b")
            .addVertex("end", new MergeVertex(), "pool", "bA")
            .addLayer("d", dense(5, new ActivationIdentity()), "end")
            .addLayer("dN", new BatchNormalization(), "d")
            .addLayer("out", softmax(), "dN"));
  }

  /** As DL4J's builder makes it of a layer with two inputs. */
  static ComputationGraph concatenatedVectors(double epsilon) {
    return graph(
        base()
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.feedForward(7))
            .addLayer("a", dense(4, new ActivationIdentity()), "in")
            .addLayer("b", dense(3, new ActivationIdentity()), "in")
            .addLayer("n", new BatchNormalization.Builder().eps(epsilon).build(), "a", "b")
            .addLayer("t", new ActivationLayer(Activation.TANH), "n")
            .addLayer("c", dense(5, new ActivationIdentity()), "t")
            .addLayer("m", new BatchNormalization.Builder().eps(epsilon).build(), "c")
            .addLayer("out", softmax(), "m", "t"));
  }

  /** Global pooling, which needs no preprocessor after it. */
  static MultiLayerNetwork globalPool(PoolingType type) {
    return sequence(
        InputType.convolutional(IMAGE.height(), IMAGE.width(), IMAGE.channels()),
        same(3, 3),
        new BatchNormalization(),
        new GlobalPoolingLayer(type),
        softmax());
  }
}
