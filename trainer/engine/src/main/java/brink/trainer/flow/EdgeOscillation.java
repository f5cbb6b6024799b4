package brink.trainer.flow;

import brink.trainer.flow.CentralFlowSettings.Scales;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * The period-two oscillation that holds the leading eigenvalues at the edge, at one point of a
 * central flow: its covariance X ⪰ 0 on the leading eigenvectors V, such that S = η̃·VᵀHV/2 goes to
 * S ⪯ 1 and X is 0 where S is below. In the coordinates of {@link SymmetricBasis}: S_a for S, x_a
 * for X, and F_a for the vectors P·∇³L(θ)(v_i, v_j, ·).
 */
final class EdgeOscillation {
  /**
   * Below this ratio an eigenvalue does not reach the edge within the relaxation, unless it grows
   * by two per cent in each step.
   */
  private static final double FAR_FROM_THE_EDGE = 0.9;

  private final CentralFlowSettings settings;
  private final SphericalSpectrum spectrum;
  private final Scales scales;
  private final int order;
  private final List<RealVector> forces;
  private final RealVector stability;
  private final OscillationCovariance problem;
  private final RealMatrix covariance;
  private final RealVector coordinates;

  /**
   * @param direction θ, not modified
   * @param spectrum at θ
   * @throws FlowException if no oscillation holds the edge
   */
  EdgeOscillation(
      SphereLandscape sphere,
      CentralFlowSettings settings,
      RealVector direction,
      SphericalSpectrum spectrum,
      Scales scales) {
    this.settings = settings;
    this.spectrum = spectrum;
    this.scales = scales;
    order = nearTheEdge();
    forces = forces(sphere, direction);
    stability = stability();
    problem = new OscillationCovariance(response(), drift(), order);
    covariance = isNear(0) ? problem.solve() : new Array2DRowRealMatrix(order, order);
    coordinates = SymmetricBasis.coordinates(covariance);
  }

  /** X, k×k; not to be modified. */
  RealMatrix covariance() {
    return covariance;
  }

  /** P·∇³L(θ):VXVᵀ/2, the mean of the gradient that the oscillation adds. */
  RealVector meanGradient() {
    return combine(coordinates).mapMultiplyToSelf(0.5);
  }

  /** 4·tr(XS), what the oscillation adds to α². */
  double angularStepSquared() {
    return 4 * stability.dotProduct(coordinates);
  }

  /** Changes of {@link #meanGradient} with (θ, ρ), D×(D + 1), where S is steep. */
  RealMatrix meanGradientJacobian() {
    int dimension = spectrum.gradient().getDimension();
    RealMatrix change = coordinatesJacobian();
    RealMatrix jacobian = new Array2DRowRealMatrix(dimension, dimension + 1);
    for (int a = 0; a < forces.size(); a++) {
      RealMatrix term = forces.get(a).outerProduct(change.getRowVector(a));
      jacobian = jacobian.add(term.scalarMultiply(0.5));
    }
    return jacobian;
  }

  /** Changes of {@link #angularStepSquared} likewise, D + 1. */
  RealVector angularStepSquaredJacobian() {
    return coordinatesJacobian().preMultiply(stability).mapMultiplyToSelf(4);
  }

  /** How many eigenvectors may oscillate; at least one is looked at, wherever it is. */
  private int nearTheEdge() {
    int count = 1;
    while (count < Math.min(settings.pairs(), spectrum.values().getDimension()) && isNear(count)) {
      count++;
    }
    return count;
  }

  private boolean isNear(int i) {
    return ratio(i) > FAR_FROM_THE_EDGE;
  }

  private double ratio(int i) {
    return scales.effectiveLearningRate() * spectrum.values().getEntry(i) / 2;
  }

  private List<RealVector> forces(SphereLandscape sphere, RealVector direction) {
    List<RealVector> all = new ArrayList<>();
    for (int i = 0; i < order; i++) {
      RealVector v = spectrum.vectors().get(i);
      List<RealVector> others = spectrum.vectors().subList(i, order);
      List<RealVector> found = sphere.thirdDerivatives(direction, v, others);
      for (int j = i; j < order; j++) {
        all.add(found.get(j - i).mapMultiply(SymmetricBasis.weight(i, j)));
      }
    }
    return all;
  }

  private RealVector stability() {
    double[] ratios = new double[order];
    for (int i = 0; i < order; i++) {
      ratios[i] = ratio(i);
    }
    return SymmetricBasis.diagonal(ratios);
  }

  /** K: how much the oscillation turns the eigenvalues down. */
  private RealMatrix response() {
    int size = forces.size();
    double gain = scales.effectiveLearningRate() * scales.speed() / 4;
    RealMatrix response = new Array2DRowRealMatrix(size, size);
    for (int a = 0; a < size; a++) {
      for (int b = 0; b < size; b++) {
        double turn = gain * forces.get(a).dotProduct(forces.get(b));
        double grow = 4 * stability.getEntry(a) * stability.getEntry(b) / scales.intrinsic();
        response.setEntry(a, b, turn + grow);
      }
    }
    return response;
  }

  /** B: what is left of the way to the edge, per relaxation, less the drift without oscillation. */
  private RealVector drift() {
    double growth = 2 - scales.angularStepSquared(spectrum) / scales.intrinsic();
    double gain = scales.effectiveLearningRate() * scales.speed() / 2;
    RealVector edge = SymmetricBasis.identity(order);
    RealVector drift = edge.subtract(stability).mapDivideToSelf(settings.relaxation());
    drift.combineToSelf(1, -growth, stability);
    for (int a = 0; a < forces.size(); a++) {
      drift.addToEntry(a, gain * forces.get(a).dotProduct(spectrum.gradient()));
    }
    return drift;
  }

  /** ∂x_a/∂(θ, ρ) by what B changes, with X on its face: −E(EᵀKE)⁻¹Eᵀ·∂B. */
  private RealMatrix coordinatesJacobian() {
    int dimension = spectrum.gradient().getDimension();
    RealMatrix drifts = new Array2DRowRealMatrix(forces.size(), dimension + 1);
    double gain = scales.effectiveLearningRate() * scales.speed() / 2;
    double approach = scales.effectiveLearningRate() / (2 * settings.relaxation());
    for (int a = 0; a < forces.size(); a++) {
      RealVector steep = spectrum.hessian().operate(forces.get(a));
      RealVector byPoint = steep.combine(gain, -approach, forces.get(a));
      double byNorm = stability.getEntry(a) / settings.relaxation();
      drifts.setRowVector(a, byPoint.append(byNorm));
    }
    return problem.sensitivity(covariance).multiply(drifts).scalarMultiply(-1);
  }

  private RealVector combine(RealVector weights) {
    RealVector sum = new ArrayRealVector(spectrum.gradient().getDimension());
    for (int a = 0; a < forces.size(); a++) {
      sum.combineToSelf(1, weights.getEntry(a), forces.get(a));
    }
    return sum;
  }
}
