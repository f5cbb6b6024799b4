package brink.trainer.descent;

import brink.trainer.curvature.LogSharpnessGradient;
import brink.trainer.curvature.SharpnessProbe;
import brink.trainer.curvature.SphereGeometry;
import brink.trainer.curvature.SphericalSharpness;
import brink.trainer.curvature.SphericalSharpness.Point;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Landscape;
import brink.trainer.landscape.Linearization;
import brink.trainer.state.SavedState;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Measures the spherical sharpness of a run where and when its settings say. */
final class CurvatureMeter {
  private final Landscape landscape;
  private final Kernels kernels;
  private final DescentSettings settings;
  private final Tensor direction;
  private final @Nullable SharpnessProbe iterateProbe;
  private final @Nullable SharpnessProbe midpointProbe;
  private final @Nullable LogSharpnessGradient logSharpnessGradient;

  CurvatureMeter(Landscape landscape, DescentSettings settings) {
    this.landscape = landscape;
    this.settings = settings;
    kernels = landscape.kernels();
    direction = kernels.allocate(1, landscape.dimension());
    boolean ever = settings.curvatureEvery() > 0;
    iterateProbe = ever && settings.curvature().atIterate() ? probe(Point.ITERATE) : null;
    midpointProbe = ever && settings.curvature().atMidpoint() ? probe(Point.MIDPOINT) : null;
    logSharpnessGradient =
        settings.logSharpnessGradientEvery() > 0
            ? new LogSharpnessGradient(landscape, LogSharpnessGradient.DEFAULT_STEPS)
            : null;
  }

  private SharpnessProbe probe(Point point) {
    return new SharpnessProbe(kernels, landscape.dimension(), settings.sharpness(), point);
  }

  /**
   * Sharpness at w_t; null where it is not due.
   *
   * @param linearization at w_t
   * @param gradient ∇L(w_t), a copy
   */
  @Nullable SphericalSharpness atIterate(
      long step, Linearization linearization, Tensor w, Tensor gradient) {
    if (iterateProbe == null || !DescentSettings.pairDue(step, settings.curvatureEvery())) {
      return null;
    }
    SphereGeometry.direction(kernels, w, direction);
    var found = iterateProbe.measure(step, linearization, direction, kernels.norm(w));
    return sharpness(
        Point.ITERATE, found, gradient, midpointProbe == null ? gSquared(step, found) : null);
  }

  /** Sharpness between w_t and w_{t+1}, linearizing there; null where it is not due. */
  @Nullable SphericalSharpness atMidpoint(long step, Tensor w, Tensor next, Tensor gradient) {
    if (midpointProbe == null || !DescentSettings.due(step, settings.curvatureEvery())) {
      return null;
    }
    SphereGeometry.midpointDirection(kernels, w, next, direction);
    var found = midpointProbe.measure(step, landscape.linearize(direction), direction, 1);
    return sharpness(Point.MIDPOINT, found, gradient, gSquared(step, found));
  }

  void save(SavedState state) {
    probes().forEach(probe -> probe.save(state));
  }

  void restore(SavedState state) {
    probes().forEach(probe -> probe.restore(state));
  }

  private Stream<SharpnessProbe> probes() {
    return Stream.of(iterateProbe, midpointProbe).filter(Objects::nonNull);
  }

  private @Nullable Double gSquared(long step, SharpnessProbe.Measurement found) {
    double largest = found.eigenvalues().getFirst();
    if (logSharpnessGradient == null
        || !DescentSettings.due(step, settings.logSharpnessGradientEvery())
        || largest <= 0) {
      return null;
    }
    return logSharpnessGradient.measure(direction, found.leadingVector(), largest);
  }

  private SphericalSharpness sharpness(
      Point point,
      SharpnessProbe.Measurement found,
      Tensor gradient,
      @Nullable Double logSharpnessGradientSquared) {
    double norm = kernels.norm(gradient);
    Double alignment =
        norm == 0 ? null : Double.valueOf(kernels.dot(gradient, found.leadingVector()) / norm);
    return new SphericalSharpness(
        point,
        found.eigenvalues(),
        found.residuals(),
        found.products(),
        alignment,
        logSharpnessGradientSquared);
  }
}
