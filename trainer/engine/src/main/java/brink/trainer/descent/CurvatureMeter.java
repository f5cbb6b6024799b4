package brink.trainer.descent;

import brink.trainer.curvature.LayerSharpness;
import brink.trainer.curvature.LeadingEigensolver;
import brink.trainer.curvature.SharpnessProbe;
import brink.trainer.curvature.SharpnessSettings;
import brink.trainer.curvature.SphereGeometry;
import brink.trainer.curvature.SphericalSharpness;
import brink.trainer.curvature.SphericalSharpness.Point;
import brink.trainer.descent.EdgeGradientMeter.Found;
import brink.trainer.flow.DirectFlowTest;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Landscape;
import brink.trainer.landscape.Linearization;
import brink.trainer.state.SavedState;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Measures the spherical sharpness of a run where and when its settings say. */
final class CurvatureMeter {
  private static final int PRODUCT = DirectSchedule.PRODUCT;

  private final Landscape landscape;
  private final Kernels kernels;
  private final DescentSettings settings;
  private final Tensor direction;
  private final @Nullable SharpnessProbe iterateProbe;
  private final @Nullable SharpnessProbe midpointProbe;
  private final @Nullable DirectMeter direct;
  private final @Nullable LayerSharpness layerSharpness;
  private Map<String, Double> layers = Map.of();
  private @Nullable Tensor leading;

  CurvatureMeter(Landscape landscape, DescentSettings settings) {
    this.landscape = landscape;
    this.settings = settings;
    kernels = landscape.kernels();
    direction = kernels.allocate(1, landscape.dimension());
    boolean ever = settings.curvatureEvery() > 0;
    SharpnessSettings sharpness = settings.sharpness();
    LeadingEigensolver solver =
        ever ? new LeadingEigensolver(kernels, landscape.dimension(), sharpness) : null;
    iterateProbe =
        solver != null && settings.curvature().atIterate()
            ? new SharpnessProbe(solver, sharpness, Point.ITERATE)
            : null;
    midpointProbe =
        solver != null && settings.curvature().atMidpoint()
            ? new SharpnessProbe(solver, sharpness, Point.MIDPOINT)
            : null;
    layerSharpness =
        solver != null && settings.layersEvery() > 0
            ? new LayerSharpness(solver, sharpness, landscape.layers())
            : null;
    direct = ever && settings.directCadence().on() ? new DirectMeter(landscape, settings) : null;
  }

  /**
   * Sharpness at w_t; null where it is not due.
   *
   * @param linearization at w_t
   * @param gradient ∇L(w_t), a copy
   */
  @Nullable SphericalSharpness atIterate(
      long step, Linearization linearization, Tensor w, Tensor gradient, Norms norms) {
    if (iterateProbe == null || !DescentSettings.pairDue(step, settings.curvatureEvery())) {
      return null;
    }
    double norm = Math.sqrt(norms.weightsSquared());
    SphereGeometry.direction(kernels, w, norm, direction);
    var found = iterateProbe.measure(step, linearization, direction, norm);
    count(PRODUCT * found.products());
    Found gradients = Found.NONE;
    if (midpointProbe == null) {
      measureLayers(step, linearization, norm);
      gradients = gradients(step, found, norms);
    }
    return sharpness(Point.ITERATE, found, gradient, norms, gradients, null);
  }

  /** Sharpness between w_t and w_{t+1}, linearizing there; null where it is not due. */
  @Nullable SphericalSharpness atMidpoint(
      long step, Tensor w, Tensor next, Tensor gradient, Norms norms) {
    boolean due = midpointProbe != null && DescentSettings.due(step, settings.curvatureEvery());
    boolean followed = direct != null && direct.followsMidpoints();
    if (!due && !followed) {
      return null;
    }
    double norm = Math.sqrt(norms.weightsSquared());
    double nextNorm = Math.sqrt(norms.nextSquared());
    SphereGeometry.midpointDirection(kernels, w, norm, next, nextNorm, direction);
    SharpnessProbe.Measurement found = null;
    SphericalSharpness sharpness = null;
    if (midpointProbe != null && due) {
      Linearization linearization = landscape.linearize(direction);
      found = midpointProbe.measure(step, linearization, direction, 1);
      count(1 + PRODUCT * found.products());
      double loss = linearization.loss();
      measureLayers(step, linearization, 1);
      Found gradients = gradients(step, found, norms);
      sharpness = sharpness(Point.MIDPOINT, found, gradient, norms, gradients, loss);
    }
    if (direct != null) {
      direct.follow(step, direction, found, norms.weightsSquared());
    }
    return sharpness;
  }

  /**
   * v₁ as it was measured at this step, at the midpoint if there, 1×dimension; null where it was
   * not. Valid until the next measurement.
   */
  @Nullable Tensor leadingVector() {
    return leading;
  }

  /** Sharpness of single layers at this step, by name; empty where it was not measured. */
  Map<String, Double> layers() {
    return layers;
  }

  /** What a span that ends at this step says of the flow; null where none does. */
  @Nullable DirectFlowTest flowTest() {
    return direct == null ? null : direct.test();
  }

  /** Begins a step: forgets what the last one measured beside sharpness. */
  void begin() {
    layers = Map.of();
    leading = null;
    if (direct != null) {
      direct.begin();
    }
    count(1);
  }

  /** Counts what the step costs beside direct measurements, in gradients. */
  private void count(int gradients) {
    if (direct != null) {
      direct.train(gradients);
    }
  }

  private void measureLayers(long step, Linearization linearization, double norm) {
    if (layerSharpness != null && DescentSettings.due(step, settings.layersEvery())) {
      layers = layerSharpness.measure(linearization, direction, norm);
    }
  }

  void save(SavedState state) {
    probes().forEach(probe -> probe.save(state));
    if (layerSharpness != null) {
      layerSharpness.save(state);
    }
    if (direct != null) {
      direct.save(state);
    }
  }

  void restore(SavedState state) {
    probes().forEach(probe -> probe.restore(state));
    if (layerSharpness != null) {
      layerSharpness.restore(state);
    }
    if (direct != null) {
      direct.restore(state);
    }
  }

  private Stream<SharpnessProbe> probes() {
    return Stream.of(iterateProbe, midpointProbe).filter(Objects::nonNull);
  }

  private Found gradients(long step, SharpnessProbe.Measurement found, Norms norms) {
    return direct == null
        ? Found.NONE
        : direct.measure(step, direction, found, norms.weightsSquared());
  }

  private SphericalSharpness sharpness(
      Point point,
      SharpnessProbe.Measurement found,
      Tensor gradient,
      Norms norms,
      Found gradients,
      @Nullable Double loss) {
    leading = found.leadingVector();
    double norm = Math.sqrt(norms.gradientSquared());
    Double alignment = norm == 0 ? null : Double.valueOf(kernels.dot(gradient, leading) / norm);
    return new SphericalSharpness(
        point,
        found.eigenvalues(),
        found.residuals(),
        found.products(),
        alignment,
        gradients.leading(),
        gradients.edge(),
        gradients.slopeRate(),
        gradients.lagging(),
        found.missed(),
        loss);
  }
}
