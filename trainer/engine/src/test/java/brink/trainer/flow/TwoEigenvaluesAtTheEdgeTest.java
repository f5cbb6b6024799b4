package brink.trainer.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.curvature.LogSharpnessGradient;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Gradient descent with two eigenvalues at the threshold, beside what theory says of its rate. */
class TwoEigenvaluesAtTheEdgeTest {
  private static final double LEARNING_RATE = 0.5;
  private static final double INTRINSIC = 1e-4;
  private static final double[][] CURVATURES = {{9, 3, 1}, {2, 8, 3}};

  private final Kernels kernels = new CpuKernels(1);
  private final TwoValleys landscape = new TwoValleys(kernels, CURVATURES);
  private final SphereLandscape sphere = new SphereLandscape(landscape);
  private final LogSharpnessGradient gradient = new LogSharpnessGradient(landscape, 40, 2);
  private final CentralFlowSettings settings =
      CentralFlowSettings.of(LEARNING_RATE, INTRINSIC / LEARNING_RATE);

  @AfterEach
  void close() {
    kernels.close();
  }

  /** x = 0 and u with q₁(u) = q₂(u): 7u₁² = 5u₂² + 2u₃². */
  private static RealVector crossing() {
    double[] u = {Math.sqrt((5 * 0.5 + 2 * 0.2) / 7), Math.sqrt(0.5), Math.sqrt(0.2)};
    return new ArrayRealVector(new double[] {0, 0, u[0], u[1], u[2]}).unitVector();
  }

  private Tensor tensor(double... values) {
    Tensor tensor = kernels.allocate(1, values.length);
    tensor.set(values);
    return tensor;
  }

  private Tensor eigenvectors(double angle) {
    Tensor vectors = kernels.allocate(2, 5);
    double c = Math.cos(angle);
    double s = Math.sin(angle);
    vectors.set(new double[] {c, s, 0, 0, 0, -s, c, 0, 0, 0});
    return vectors;
  }

  /** ⟨∇_Γ log λ_i, ∇_Γ log λ_j⟩ with λ_i = q_i(u), ‖u‖ = 1. */
  private static double closedForm(RealVector direction, int i, int j) {
    double sum = 0;
    double qi = 0;
    double qj = 0;
    for (int m = 0; m < 3; m++) {
      double square = direction.getEntry(m + 2) * direction.getEntry(m + 2);
      qi += CURVATURES[i][m] * square;
      qj += CURVATURES[j][m] * square;
      sum += CURVATURES[i][m] * CURVATURES[j][m] * square;
    }
    return 4 * (sum / (qi * qj) - 1);
  }

  @Test
  void innerProducts_whereEigenvaluesCross_areTheClosedForm() {
    RealVector direction = crossing();
    double sharpness = sphere.spectrum(direction).sharpness();

    double[][] found =
        gradient.innerProducts(tensor(direction.toArray()), eigenvectors(0), sharpness);
    // central differences with ε = u^⅓ are off by ε² times fifth derivatives, some hundreds here
    double truncation = 1e-8;
    assertThat(found[0][0]).isCloseTo(closedForm(direction, 0, 0), within(truncation));
    assertThat(found[0][2]).isCloseTo(closedForm(direction, 0, 1), within(truncation));
    assertThat(found[2][2]).isCloseTo(closedForm(direction, 1, 1), within(truncation));
    assertThat(found[1][1]).isCloseTo(0, within(truncation));
  }

  @Test
  void squared_mixedEigenvectors_isTheSame() {
    RealVector direction = crossing();
    double sharpness = sphere.spectrum(direction).sharpness();
    Tensor point = tensor(direction.toArray());
    double expected = squared(gradient.innerProducts(point, eigenvectors(0), sharpness));
    double[][] mixed = gradient.innerProducts(point, eigenvectors(0.7), sharpness);

    // λ₁ alone depends on which vector of the eigenspace is called the first
    assertThat(mixed[0][0]).isGreaterThan(1.2 * expected);
    assertThat(squared(mixed)).isCloseTo(expected, within(1e-6 * 10));
    double m11 = closedForm(direction, 0, 0);
    double m12 = closedForm(direction, 0, 1);
    double m22 = closedForm(direction, 1, 1);
    double hull = (m11 * m22 - m12 * m12) / (m11 + m22 - 2 * m12);
    assertThat(expected).isCloseTo(hull, within(1e-6 * 10));
  }

  private static double squared(double[][] products) {
    return LeastSharpnessGradient.of(products, new double[3], 2).orElseThrow().squared();
  }

  @Test
  void descent_withBothAtTheThreshold_losesSharpnessAtTheRateOfTheirHull() {
    RealVector start = crossing();
    double sharpness = sphere.spectrum(start).sharpness();
    double logNorm = Descent.logNormSquaredAtTheEdge(settings, sharpness) / 2;
    // M·p = 2η_in·1 with the 4 of the ledger: p = 2η_in·(M + 4)⁻¹·1
    double a = closedForm(start, 0, 0) + 4;
    double b = closedForm(start, 0, 1) + 4;
    double c = closedForm(start, 1, 1) + 4;
    double scale = 2 * INTRINSIC / (a * c - b * b);
    RealVector oscillation = start.copy();
    oscillation.setEntry(0, Math.sqrt(scale * (c - b)));
    oscillation.setEntry(1, Math.sqrt(scale * (a - b)));
    Descent descent =
        new Descent(sphere, settings, oscillation.unitVector().mapMultiply(Math.exp(logNorm)));

    int spans = 20;
    double width = 0.02;
    double hull = 0;
    double alone = 0;
    RealVector at = descent.midpoint();
    double first = logSharpness(at);
    for (int i = 0; i <= spans; i++) {
      double weight = i == 0 || i == spans ? width / 2 : width;
      double[][] products =
          gradient.innerProducts(tensor(at.toArray()), eigenvectors(0), Math.exp(logSharpness(at)));
      hull += weight * rate(squared(products));
      alone += weight * rate(products[0][0]);
      if (i < spans) {
        descent.run(Math.round(width / INTRINSIC));
        at = descent.midpoint();
      }
    }
    double fallen = logSharpness(at) - first;
    // the flow is off by first order in η_in
    assertThat(fallen).isCloseTo(hull, within(INTRINSIC));
    assertThat(fallen - alone).isGreaterThan(1000 * INTRINSIC);
  }

  private double logSharpness(RealVector direction) {
    RealVector values = sphere.spectrum(direction).values();
    return Math.log((values.getEntry(0) + values.getEntry(1)) / 2);
  }

  private static double rate(double gradientSquared) {
    return -2 * gradientSquared / (4 + gradientSquared);
  }
}
