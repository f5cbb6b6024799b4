package brink.trainer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * ND4J and DL4J run on the jars that the build gives them: a newer JavaCPP and OpenBLAS than they
 * ask for, and without the dependencies that are excluded.
 */
class Nd4jTest {
  @TempDir Path folder;

  @Test
  void sameDiff_convolution_hasTheGradientOfFiniteDifferences() {
    Nd4j.getRandom().setSeed(1);
    SameDiff graph = SameDiff.create();
    SDVariable input = graph.placeHolder("x", DataType.DOUBLE, -1, 2, 6, 6);
    SDVariable kernel = graph.var("w", Nd4j.randn(DataType.DOUBLE, 3, 3, 2, 3).muli(0.2));
    Conv2DConfig same = Conv2DConfig.builder().kH(3).kW(3).pH(1).pW(1).sH(1).sW(1).build();
    SDVariable output = graph.math().tanh(graph.cnn().conv2d(input, kernel, same));
    graph.math().square(output).mean("loss");
    graph.setLossVariables("loss");
    Map<String, INDArray> data = Map.of("x", Nd4j.randn(DataType.DOUBLE, 4, 2, 6, 6));

    INDArray gradient = Objects.requireNonNull(graph.calculateGradients(data, "w").get("w"));

    INDArray weights = graph.getArrForVarName("w");
    INDArray direction = Nd4j.randn(DataType.DOUBLE, weights.shape());
    double step = 1e-5;
    weights.addi(direction.mul(step));
    double above = graph.outputSingle(data, "loss").getDouble(0);
    weights.subi(direction.mul(2 * step));
    double below = graph.outputSingle(data, "loss").getDouble(0);
    double difference = (above - below) / (2 * step);
    double product = gradient.mul(direction).sumNumber().doubleValue();
    // Rounding of the loss over 2·step, and step² times a third derivative of order one hundred.
    double tolerance = 10 * Math.ulp(above) / step + 100 * step * step;
    assertThat(Math.abs(product - difference)).isLessThan(tolerance);
  }

  @Test
  void matrixProduct_overOpenBlas_equalsSums() {
    INDArray left = Nd4j.rand(DataType.DOUBLE, 70, 90);
    INDArray right = Nd4j.rand(DataType.DOUBLE, 90, 50);

    INDArray product = left.mmul(right);

    for (int i = 0; i < 70; i++) {
      double sum = 0;
      for (int k = 0; k < 90; k++) {
        sum += left.getDouble(i, k) * right.getDouble(k, 7);
      }
      // 90 additions of numbers below 90.
      assertThat(Math.abs(product.getDouble(i, 7) - sum)).isLessThan(90 * Math.ulp(90.0));
    }
  }

  @Test
  void dl4jModel_savedAndLoaded_answersTheSame() throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.DOUBLE)
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(8).build())
                .layer(new BatchNormalization.Builder().nOut(8).build())
                .layer(
                    new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nIn(8)
                        .nOut(3)
                        .build())
                .build());
    network.init();
    File file = folder.resolve("model.zip").toFile();
    network.save(file);

    INDArray input = Nd4j.randn(DataType.DOUBLE, 5, 4);

    assertThat(MultiLayerNetwork.load(file, true).output(input)).isEqualTo(network.output(input));
  }
}
