package brink.trainer.network;

import brink.trainer.kernels.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The same network as a {@link TinyNet} in SameDiff, which differentiates it once. For second
 * derivatives, the directional derivative ⟨∇L, v⟩ is built as a forward graph, of which the
 * gradient is ∇²L·v.
 */
final class SameDiffNet {
  private final SameDiff graph = SameDiff.create();
  private final TinyNet net;
  private final List<String> names = new ArrayList<>();
  private final Dual loss;

  SameDiffNet(TinyNet net, double[] v) {
    this.net = net;
    int width = TinyNet.INPUTS;
    Dual y = constant(net.inputs, net.examples, width);
    int at = 0;
    for (int units : net.mlp.hidden()) {
      Dual w = weights(v, at, units, width);
      y = activate(normalize(y.product(w)));
      at += units * width;
      width = units;
    }
    Dual logits = y.product(constant(net.frozen(), TinyNet.OUTPUTS, width));
    loss = loss(logits, constant(net.targets, net.examples, TinyNet.OUTPUTS));
  }

  double loss() {
    return loss.value.eval().getDouble();
  }

  double[] gradient() {
    return gradientOf(loss.value);
  }

  double[] hessianVectorProduct() {
    return gradientOf(loss.tangent);
  }

  private double[] gradientOf(SDVariable scalar) {
    graph.setLossVariables(scalar);
    Map<String, INDArray> gradients = graph.calculateGradients(Map.of(), names);
    return names.stream()
        .map(gradients::get)
        .flatMapToDouble(block -> Arrays.stream(block.dup('c').data().asDouble()))
        .toArray();
  }

  private Dual weights(double[] v, int start, int rows, int columns) {
    String name = "w" + start;
    names.add(name);
    return new Dual(
        graph.var(name, matrix(net.weights, start, rows, columns)),
        graph.constant(matrix(v, start, rows, columns)));
  }

  private Dual constant(double[] values, int rows, int columns) {
    return new Dual(
        graph.constant(matrix(values, 0, rows, columns)),
        graph.constant(Nd4j.zeros(DataType.DOUBLE, rows, columns)));
  }

  private static INDArray matrix(double[] values, int start, int rows, int columns) {
    double[] block = Arrays.copyOfRange(values, start, start + rows * columns);
    return Nd4j.createFromArray(block).reshape('c', rows, columns);
  }

  private Dual normalize(Dual z) {
    Dual centered = z.minus(z.columnMean());
    return centered.over(centered.times(centered).columnMean().plus(net.mlp.epsilon()).sqrt());
  }

  private Dual activate(Dual x) {
    return switch (net.mlp.activation()) {
      case IDENTITY -> x;
      case TANH -> {
        SDVariable y = graph.math().tanh(x.value);
        yield new Dual(y, y.mul(y).rsub(1.0).mul(x.tangent));
      }
      case RELU -> {
        SDVariable slope = x.value.gt(0).castTo(DataType.DOUBLE);
        yield new Dual(graph.nn().relu(x.value, 0), slope.mul(x.tangent));
      }
      case GELU -> throw new IllegalArgumentException("no oracle");
      case SOFTPLUS -> {
        SDVariable slope = graph.nn().sigmoid(x.value);
        yield new Dual(graph.nn().softplus(x.value), slope.mul(x.tangent));
      }
    };
  }

  private Dual loss(Dual logits, Dual targets) {
    if (net.mlp.loss() == Loss.MEAN_SQUARED_ERROR) {
      Dual error = logits.minus(targets);
      return error.times(error).rowSum().mean().times(0.5);
    }
    SDVariable exponential = graph.math().exp(logits.value);
    Dual normalizer = new Dual(exponential, exponential.mul(logits.tangent)).rowSum();
    Dual logNormalizer =
        new Dual(graph.math().log(normalizer.value), normalizer.tangent.div(normalizer.value));
    return logNormalizer.minus(targets.times(logits).rowSum()).mean();
  }

  /** A variable and its derivative in the direction v, both as forward graphs. */
  private final class Dual {
    private final SDVariable value;
    private final SDVariable tangent;

    Dual(SDVariable value, SDVariable tangent) {
      this.value = value;
      this.tangent = tangent;
    }

    Dual product(Dual weights) {
      SDVariable w = weights.value.permute(1, 0);
      SDVariable wTangent = weights.tangent.permute(1, 0);
      return new Dual(value.mmul(w), tangent.mmul(w).add(value.mmul(wTangent)));
    }

    Dual plus(double b) {
      return new Dual(value.add(b), tangent);
    }

    Dual minus(Dual b) {
      return new Dual(value.sub(b.value), tangent.sub(b.tangent));
    }

    Dual times(double b) {
      return new Dual(value.mul(b), tangent.mul(b));
    }

    Dual times(Dual b) {
      return new Dual(value.mul(b.value), tangent.mul(b.value).add(value.mul(b.tangent)));
    }

    Dual over(Dual b) {
      SDVariable quotient = value.div(b.value);
      return new Dual(quotient, tangent.sub(quotient.mul(b.tangent)).div(b.value));
    }

    Dual sqrt() {
      SDVariable root = graph.math().sqrt(value);
      return new Dual(root, tangent.div(root.mul(2)));
    }

    Dual columnMean() {
      return new Dual(value.mean(true, 0), tangent.mean(true, 0));
    }

    Dual rowSum() {
      return new Dual(value.sum(1), tangent.sum(1));
    }

    Dual mean() {
      return new Dual(value.mean(), tangent.mean());
    }
  }
}
