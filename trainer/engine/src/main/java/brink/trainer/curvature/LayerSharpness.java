package brink.trainer.curvature;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Linearization;
import brink.trainer.landscape.WeightBlock;
import brink.trainer.random.RandomStream;
import brink.trainer.state.SavedState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The largest eigenvalue of each layer's diagonal block of the spherical Hessian, on the directions
 * that keep the layer's norm. Each solution starts from the layer's last one. One measurement of
 * one layer costs some Hessian-vector products of the whole network, by default two or three.
 */
public final class LayerSharpness {
  private final Kernels kernels;
  private final LeadingEigensolver solver;
  private final SharpnessSettings settings;
  private final List<WeightBlock> layers;
  private final Tensor start;
  private final Map<String, Tensor> tracked = new HashMap<>();

  /**
   * @param solver for all weights; may serve other probes, too
   * @param layers of two weights or more each
   */
  public LayerSharpness(
      LeadingEigensolver solver, SharpnessSettings settings, List<WeightBlock> layers) {
    kernels = solver.kernels();
    this.solver = solver;
    this.settings = settings;
    this.layers = List.copyOf(layers);
    start = kernels.allocate(1, solver.dimension());
  }

  /**
   * Measures all layers.
   *
   * @param linearization at w
   * @param direction θ = w/‖w‖, 1×dimension, not modified
   * @param norm ‖w‖
   * @return λ₁ of each layer, by its name
   * @throws ArithmeticException if a Hessian-vector product is not finite
   */
  public Map<String, Double> measure(Linearization linearization, Tensor direction, double norm) {
    SphericalHessian hessian = new SphericalHessian(kernels, linearization, direction, norm);
    Map<String, Double> largest = new HashMap<>();
    for (WeightBlock layer : layers) {
      largest.put(layer.name(), measure(layer, hessian, direction));
    }
    return largest;
  }

  private double measure(WeightBlock layer, SphericalHessian hessian, Tensor direction) {
    LayerBlock block = new LayerBlock(kernels, hessian, layer, direction);
    Tensor vector = tracked.get(layer.name());
    boolean cold = vector == null;
    if (vector == null) {
      vector = kernels.allocate(layer.rows(), layer.columns());
      vector.set(random(layer));
      tracked.put(layer.name(), vector);
    }
    kernels.copy(vector, layer.in(start));
    Eigenpairs pairs =
        solver.solve(
            block,
            1,
            start,
            settings.tolerance(),
            cold ? settings.maxColdProducts() : settings.maxProducts());
    kernels.copy(layer.in(solver.vector(0)), vector);
    return pairs.largest();
  }

  private double[] random(WeightBlock layer) {
    Random random = RandomStream.of("sharpness of layer " + layer.name(), settings.seed());
    double[] values = new double[Math.toIntExact(layer.end() - layer.offset())];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }

  /** Adds what the next measurement depends on. */
  public void save(SavedState state) {
    tracked.forEach((layer, vector) -> state.put(vectorName(layer), vector));
  }

  /** Goes on from there; the layers must be the same. */
  public void restore(SavedState state) {
    for (WeightBlock layer : layers) {
      if (state.hasVector(vectorName(layer.name()))) {
        Tensor vector = kernels.allocate(layer.rows(), layer.columns());
        state.restore(vectorName(layer.name()), vector);
        tracked.put(layer.name(), vector);
      }
    }
  }

  private static String vectorName(String layer) {
    return "sharpness of layer " + layer;
  }
}
