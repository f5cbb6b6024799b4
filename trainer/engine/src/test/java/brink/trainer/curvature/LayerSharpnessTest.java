package brink.trainer.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.descent.Initialization;
import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.landscape.Linearization;
import brink.trainer.landscape.WeightBlock;
import brink.trainer.network.Examples;
import brink.trainer.network.Mlp;
import brink.trainer.network.NetworkLandscape;
import brink.trainer.oracle.DenseEigen;
import java.util.List;
import java.util.Map;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sharpness of single layers, against dense blocks of the Hessian. */
final class LayerSharpnessTest {
  private static final int INPUTS = 4;
  private static final SharpnessSettings EXACT = new SharpnessSettings(2, 1e-12, 60, 100, 0, 14, 1);

  private final Kernels kernels = new CpuKernels(1);
  private final NetworkLandscape landscape = landscape();
  private final Tensor direction = kernels.allocate(1, landscape.dimension());

  LayerSharpnessTest() {
    direction.set(Initialization.onSphere(3, landscape.dimension(), 1));
  }

  @AfterEach
  void close() {
    kernels.close();
  }

  private NetworkLandscape landscape() {
    double[] targets = new double[12 * 2];
    for (int i = 0; i < 12; i++) {
      targets[2 * i + i % 2] = 1;
    }
    double[] inputs = Initialization.normal(1, 12 * INPUTS, 1);
    Examples examples = Examples.of(kernels, 12, INPUTS, inputs, 2, targets);
    return Mlp.batchNormalized(List.of(3, 3), Activation.TANH, Loss.SOFTMAX_CROSS_ENTROPY)
        .landscape(kernels, examples, null, 1);
  }

  private LayerSharpness probe() {
    var solver = new LeadingEigensolver(kernels, landscape.dimension(), EXACT);
    return new LayerSharpness(solver, EXACT, landscape.layers());
  }

  /** Largest eigenvalue of the layer's block, on the vectors orthogonal to its weights. */
  private double dense(WeightBlock layer) {
    int size = layer.rows() * layer.columns();
    Linearization here = landscape.linearize(direction);
    SimpleMatrix block = new SimpleMatrix(size, size);
    Tensor unit = kernels.allocate(1, landscape.dimension());
    Tensor column = kernels.allocate(1, landscape.dimension());
    for (int j = 0; j < size; j++) {
      double[] entries = new double[landscape.dimension()];
      entries[(int) layer.offset() + j] = 1;
      unit.set(entries);
      here.hessianVectorProduct(unit, column);
      block.setColumn(j, 0, layer.in(column).get());
    }
    SimpleMatrix own = new SimpleMatrix(size, 1, true, layer.in(direction).get());
    SimpleMatrix rest =
        SimpleMatrix.identity(size).minus(own.mult(own.transpose()).divide(own.dot(own)));
    SimpleMatrix projected = rest.mult(block).mult(rest);
    return DenseEigen.descending(projected.plus(projected.transpose()).divide(2))[0];
  }

  @Test
  void measure_everyLayer_equalsItsDenseBlock() {
    Map<String, Double> found = probe().measure(landscape.linearize(direction), direction, 1);

    assertThat(found).hasSize(2);
    for (WeightBlock layer : landscape.layers()) {
      double exact = dense(layer);
      assertThat(found.get(layer.name())).isCloseTo(exact, within(1e-10 * Math.abs(exact)));
    }
  }

  @Test
  void measure_atLongerWeights_isTheSame() {
    Tensor weights = kernels.allocate(1, landscape.dimension());
    kernels.copy(direction, weights);
    kernels.scale(3, weights);

    Map<String, Double> unit = probe().measure(landscape.linearize(direction), direction, 1);
    Map<String, Double> longer = probe().measure(landscape.linearize(weights), direction, 3);

    unit.forEach(
        (layer, sharpness) ->
            assertThat(longer.get(layer)).isCloseTo(sharpness, within(1e-9 * sharpness)));
  }
}
