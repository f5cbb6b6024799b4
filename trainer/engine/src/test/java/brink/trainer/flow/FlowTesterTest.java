package brink.trainer.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import brink.trainer.curvature.LogSharpnessGradient;
import brink.trainer.descent.Initialization;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.landscape.BnLinear;
import brink.trainer.oracle.Golden;
import java.util.List;
import java.util.Objects;
import java.util.function.LongToDoubleFunction;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealVector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Motions that are made up on the minimisers of bn-linear, where the flow has the closed form d ln
 * b/dτ = 2(1 − b) and G² = 4(1 − b)/b.
 */
class FlowTesterTest {
  private static final double FLOW_TIME = 1e-3;
  private static final long STEPS = 50;
  private static final double START = 0.3;

  private final Kernels kernels = new CpuKernels(1);
  private final BnLinear landscape = BnLinear.from(kernels, Golden.inputs(), Golden.targets());
  private final SphereLandscape sphere = GoldenSphere.on(kernels);
  private final GoldenSphere golden = new GoldenSphere();
  private final LogSharpnessGradient gradient =
      new LogSharpnessGradient(landscape, LogSharpnessGradient.DEFAULT_STEPS, 1);
  private final Tensor point = kernels.allocate(1, GoldenSphere.DIMENSION);
  private final FlowTester tester = new FlowTester(kernels, GoldenSphere.DIMENSION);

  @AfterEach
  void close() {
    kernels.close();
  }

  /** Where training is at a step. */
  @FunctionalInterface
  private interface Motion {
    RealVector at(long step);
  }

  private static RealVector unit(RealVector v) {
    return v.unitVector();
  }

  private RealVector onFlow(double flowTime) {
    return golden.minimiser(GoldenSphere.share(START, flowTime));
  }

  /** A tangent direction of Γ at the start that keeps b. */
  private RealVector besideFlow(long seed) {
    RealVector start = onFlow(0);
    RealVector random = new ArrayRealVector(Initialization.normal(seed, GoldenSphere.DIMENSION, 1));
    RealVector along =
        MinimiserManifold.near(sphere, sphere.spectrum(start))
            .tangentPart(sphere.spectrum(start), random);
    RealVector flow = unit(onFlow(1e-6).subtract(start));
    return unit(along.combine(1, -along.dotProduct(flow), flow));
  }

  /** What a span of training says, with direct measurements every so many steps. */
  private DirectFlowTest test(Motion motion, LongToDoubleFunction ratio, int every) {
    DirectFlowTest result = null;
    for (long step = 0; step <= STEPS; step++) {
      RealVector at = motion.at(step);
      point.set(at.toArray());
      SphericalSpectrum spectrum = sphere.spectrum(at);
      if (step % every == 0) {
        result = measure(step, spectrum);
      }
      double stability = ratio.applyAsDouble(step) / spectrum.sharpness();
      tester.observe(step, point, FLOW_TIME, stability, List.of(spectrum.sharpness()));
    }
    return Objects.requireNonNull(result);
  }

  private @Nullable DirectFlowTest measure(long step, SphericalSpectrum spectrum) {
    Tensor leading = kernels.allocate(1, GoldenSphere.DIMENSION);
    leading.set(spectrum.vectors().getFirst().toArray());
    double squared = gradient.measure(point, leading, spectrum.sharpness());
    FlowGradient flow = FlowGradient.ofOne(gradient.gradient(), squared);
    return tester.measured(step, flow, step + STEPS, gradient::projectOnManifold);
  }

  private static double closedForm(double flowTime) {
    double b = GoldenSphere.share(START, flowTime);
    double squared = 4 * (1 - b) / b;
    return 2 * Math.sqrt(squared) / (4 + squared);
  }

  private static void assertFollows(DirectFlowTest test) {
    assertThat(1 - test.cosine()).isLessThanOrEqualTo(3 * test.cosineError());
    assertThat(test.speed()).isCloseTo(test.predictedSpeed(), within(3 * test.speedError()));
    // and has the power to say so
    assertThat(test.cosineError()).isLessThan(0.01);
    assertThat(test.speedError()).isLessThan(0.05 * test.predictedSpeed());
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 50})
  void measured_motionOfTheFlow_hasItsDirectionAndSpeed(int every) {
    DirectFlowTest test = test(step -> onFlow(step * FLOW_TIME), _ -> 1, every);

    assertFollows(test);
    // the rule's error over the span, and the chord's, are of the second order of it
    double secondOrder = 100 * (STEPS * FLOW_TIME) * (STEPS * FLOW_TIME);
    double middle = closedForm(STEPS * FLOW_TIME / 2);
    assertThat(test.speed()).isCloseTo(middle, withinPercentage(secondOrder));
    assertThat(test.predictedSpeed()).isCloseTo(middle, withinPercentage(secondOrder));
    assertThat(test.flowTime()).isCloseTo(STEPS * FLOW_TIME, within(1e-15 * STEPS));
    assertThat(test.measurements()).isEqualTo(STEPS / every + 1);
    assertThat(test.startStep()).isZero();
  }

  @Test
  void measured_ratioThatBreathes_isOnTheFlowsClock() {
    // half a breath: s is 6 % larger at the end
    LongToDoubleFunction ratio = step -> 1 - 0.03 * Math.cos(Math.PI * step / STEPS);
    DirectFlowTest test =
        test(
            step ->
                onFlow(
                    step * FLOW_TIME
                        - Math.log(ratio.applyAsDouble(step) / ratio.applyAsDouble(0)) / 2),
            ratio,
            10);

    assertFollows(test);
    // by the clock τ it would be off by half
    double byFlowTime = closedForm(STEPS * FLOW_TIME / 2);
    assertThat(test.speed()).isLessThan(byFlowTime - 10 * test.speedError());
  }

  @Test
  void measured_backwardMotion_fails() {
    DirectFlowTest test = test(step -> onFlow(-step * FLOW_TIME), _ -> 1, 10);
    assertThat(test.cosine()).isCloseTo(-1, within(0.01));
    assertThat(test.speed()).isLessThan(test.predictedSpeed() - 10 * test.speedError());
  }

  @Test
  void measured_motionAlongTheManifoldBesideTheFlow_fails() {
    RealVector start = onFlow(0);
    RealVector beside = besideFlow(3);
    double speed = closedForm(0);
    DirectFlowTest test =
        test(step -> unit(start.combine(1, speed * step * FLOW_TIME, beside)), _ -> 1, 10);
    assertThat(test.displacement()).isGreaterThan(0.5 * speed * STEPS * FLOW_TIME);
    assertThat(1 - test.cosine()).isGreaterThan(10 * test.cosineError());
    assertThat(test.speed()).isLessThan(test.predictedSpeed() - 10 * test.speedError());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void measured_randomDriftAlongTheManifold_fails(long seed) {
    double[] steps = Initialization.normal(seed, (int) STEPS + 1, 0.002);
    RealVector[] ways = {
      besideFlow(seed), besideFlow(seed + 100), unit(onFlow(1e-6).subtract(onFlow(0)))
    };
    RealVector[] places = new RealVector[(int) STEPS + 1];
    places[0] = onFlow(0);
    for (int t = 1; t <= STEPS; t++) {
      RealVector moved = places[t - 1];
      for (int way = 0; way < ways.length; way++) {
        moved = moved.combine(1, steps[(t + 17 * way) % steps.length], ways[way]);
      }
      places[t] = unit(moved);
    }
    DirectFlowTest test = test(step -> places[(int) step], _ -> 1, 10);
    boolean direction = 1 - test.cosine() <= 3 * test.cosineError();
    boolean speed = Math.abs(test.speed() - test.predictedSpeed()) <= 3 * test.speedError();
    boolean power = test.cosineError() < 0.3 && test.speedError() < test.predictedSpeed() / 3;
    assertThat(direction && speed && power).isFalse();
  }

  @Test
  void measured_offTheEdge_hasNoPower() {
    // weight decay alone: θ stays but for rounding, and s grows as e^(2τ)
    RealVector start = onFlow(0);
    DirectFlowTest test =
        test(
            step -> unit(start.mapMultiply(1 + 0.01 * step)),
            step -> 0.5 * Math.exp(2 * step * FLOW_TIME),
            10);
    assertThat(test.cosineError()).isGreaterThan(0.1);
    assertThat(test.predictedSpeed()).isCloseTo(0, within(1e-9));
  }

  @Test
  void measured_flatSharpness_startsNoSpan() {
    point.set(golden.minimiser(1).toArray());
    FlowGradient none = FlowGradient.ofOne(point, 0);
    assertThat(tester.measured(0, none, STEPS, _ -> {})).isNull();
    assertThat(tester.isWithinSpan()).isFalse();
  }

  @Test
  void cancel_midway_yieldsNothing() {
    FlowGradient some = FlowGradient.ofOne(point, 1);
    assertThat(tester.measured(0, some, STEPS, _ -> {})).isNull();
    assertThat(tester.isWithinSpan()).isTrue();
    tester.cancel();
    assertThat(tester.measured(STEPS, some, 2 * STEPS, _ -> {})).isNull();
  }
}
