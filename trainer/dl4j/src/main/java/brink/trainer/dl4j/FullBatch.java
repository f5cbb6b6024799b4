package brink.trainer.dl4j;

import brink.trainer.dl4j.zip.OneLine;
import brink.trainer.listener.network.NamedLayer;
import brink.trainer.listener.network.TrainedArray;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** A DL4J network at any weights on one batch, which is all of the training data. */
final class FullBatch {
  /** Sums in another order differ by 1e-16 times their number; dropout differs by more. */
  private static final double REPEATABLE = 1e-9;

  /** At least every second layer puts its output where its input is not. */
  private static final double NOT_IN_PLACE = 0.5;

  private final Dl4jNetwork network;
  private final DataSet data;

  FullBatch(Dl4jNetwork network, DataSet data) {
    this.network = network;
    this.data = data;
  }

  /**
   * Sets the trained weights and computes loss and gradient.
   *
   * @return the mean loss without the penalties of the configuration
   */
  double moveTo(List<TrainedArray> trained, double[] weights) {
    INDArray flat = network.model().params();
    int done = 0;
    for (TrainedArray parameter : trained) {
      double[] part = new double[parameter.length()];
      System.arraycopy(weights, done, part, 0, part.length);
      parameter.in(flat).assign(Nd4j.createFromArray(part));
      done += part.length;
    }
    network.computeGradient(data.getFeatures(), data.getLabels());
    return network.model().score() - network.regularization();
  }

  /** Gradient of the mean loss, where {@link #moveTo} was last. */
  double[] gradient(List<TrainedArray> trained) {
    double[] gradient = TrainedArray.gather(trained, network.model().getGradientsViewArray());
    if (network.sumsGradients()) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] /= data.numExamples();
      }
    }
    return gradient;
  }

  /**
   * Refuses a network whose loss is not a function of its weights.
   *
   * @throws IllegalArgumentException in one line
   */
  void requireRepeatable(Path file) {
    requireRoom(file);
    double first;
    double second;
    try {
      first = moveTo(List.of(), new double[0]);
      second = moveTo(List.of(), new double[0]);
    } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
      throw untrainable(file, e);
    }
    if (!(Math.abs(first - second) <= REPEATABLE * Math.abs(first))) {
      throw new IllegalArgumentException(
          "%s: the loss at the saved weights is %s, then %s; it must be finite and not random"
              .formatted(file, first, second));
    }
  }

  /**
   * Refuses a network whose layers give out more than there is room for, or nothing that DL4J can
   * say the size of: its kernels are told sizes that they do not check.
   */
  private void requireRoom(Path file) {
    double numbers;
    try {
      numbers = NOT_IN_PLACE * network.activations(data.getFeatures()) * data.numExamples();
    } catch (RuntimeException e) {
      throw untrainable(file, e);
    }
    Room.lacking("the outputs of its layers", numbers)
        .ifPresent(
            lacking -> {
              throw new IllegalArgumentException(file + ": " + lacking);
            });
  }

  private static IllegalArgumentException untrainable(Path file, Throwable cause) {
    return new IllegalArgumentException(
        "%s: DL4J cannot train it on these data: %s".formatted(file, OneLine.of(cause)), cause);
  }

  /** Share of the training examples that the network classifies rightly. */
  double accuracy() {
    return agreement(network.output(data.getFeatures(), true), data.getLabels());
  }

  /**
   * Makes the running statistics of all batch normalizations those of the training data, at the
   * weights where {@link #moveTo} was last. DL4J's "gradient" of a running value r is the step that
   * it takes towards decay·r + (1 − decay)·b, with b the batch's value; running standard deviations
   * are kept as logarithms, but averaged as variances.
   */
  void useStatistics() {
    for (NamedLayer layer : network.layers()) {
      if (layer.layer().conf().getLayer() instanceof BatchNormalization configuration
          && configuration.getDecay() < 1) {
        useStatistics(layer.layer(), configuration);
      }
    }
  }

  private void useStatistics(Layer layer, BatchNormalization configuration) {
    double decay = configuration.getDecay();
    INDArray mean = layer.getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN);
    mean.subi(change(mean).divi(1 - decay));
    if (configuration.isUseLogStd()) {
      INDArray logDeviation = layer.getParam(BatchNormalizationParamInitializer.GLOBAL_LOG_STD);
      INDArray next = variance(logDeviation.sub(change(logDeviation)));
      INDArray batch = next.subi(variance(logDeviation).muli(decay)).divi(1 - decay);
      logDeviation.assign(Transforms.log(batch).divi(2 * Math.log(10)));
    } else {
      INDArray variance = layer.getParam(BatchNormalizationParamInitializer.GLOBAL_VAR);
      variance.subi(change(variance).divi(1 - decay));
    }
  }

  private static INDArray variance(INDArray logDeviation) {
    return Transforms.exp(logDeviation.mul(2 * Math.log(10)));
  }

  /** DL4J's "gradient" of one of its parameters. */
  private INDArray change(INDArray parameter) {
    INDArray flat = network.model().params();
    INDArray gradients = network.model().getGradientsViewArray();
    long offset = parameter.offset() - flat.offset();
    return gradients
        .reshape(gradients.length())
        .get(NDArrayIndex.interval(offset, offset + parameter.length()))
        .dup()
        .reshape(parameter.shape());
  }

  /** Mean loss on other examples with the running statistics. */
  double loss(DataSet others) {
    return network.loss(others) - network.regularization();
  }

  /** Share of other examples that the network classifies rightly with the running statistics. */
  double accuracy(DataSet others) {
    return agreement(network.output(others.getFeatures(), false), others.getLabels());
  }

  private static double agreement(INDArray outputs, INDArray labels) {
    int[] predicted = outputs.argMax(1).toIntVector();
    int[] expected = labels.argMax(1).toIntVector();
    int right = 0;
    for (int i = 0; i < expected.length; i++) {
      right += predicted[i] == expected[i] ? 1 : 0;
    }
    return (double) right / expected.length;
  }
}
