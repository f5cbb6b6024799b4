package brink.bench.gpu;

import brink.bench.lanczos.Lanczos;
import brink.bench.rows.Walk;
import brink.bench.statistics.Interleaved;
import brink.bench.statistics.Times;
import brink.trainer.curvature.LeadingEigensolver;
import brink.trainer.curvature.SharpnessProbe;
import brink.trainer.curvature.SharpnessSettings;
import brink.trainer.curvature.SphereGeometry;
import brink.trainer.curvature.SphericalSharpness;
import brink.trainer.curvature.SphericalSharpness.Point;
import brink.trainer.data.DataOptions;
import brink.trainer.data.DataSource;
import brink.trainer.data.Dataset;
import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.DescentSettings;
import brink.trainer.descent.Hyperparameters;
import brink.trainer.descent.StepRecord;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cuda.Arithmetic;
import brink.trainer.kernels.cuda.NotOfferedException;
import brink.trainer.landscape.Linearization;
import brink.trainer.network.Examples;
import brink.trainer.network.NetworkLandscape;
import brink.trainer.random.RandomStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;

/** At the edge: what sharpness costs there, and what each arithmetic does to it. */
final class GpuEdge {
  private static final Hyperparameters HYPERPARAMETERS = new Hyperparameters(0.1, 3e-3);
  private static final int MEASURED_EVERY = 25;
  private static final int STEPS = 20;
  private static final int WARM_UPS = 2;
  private static final int ROUNDS = 9;
  // Two orders below what is asked of λ₁ in float32.
  private static final SharpnessSettings CONVERGED =
      new SharpnessSettings(1, 1e-7, 500, 500, 0, 40, 1);

  private enum Contender {
    STEPS,
    WITH_ITERATE,
    WITH_MIDPOINT
  }

  private final GpuNetwork network;
  private final Dataset data;
  private final Function<Arithmetic, Kernels> devices;

  /**
   * @param devices opens kernels, which this closes
   */
  GpuEdge(GpuNetwork network, int examples, Function<Arithmetic, Kernels> devices) {
    this.network = network;
    this.devices = devices;
    data =
        DataSource.parse(
                "synthetic:teacher?n=%d&d=%d&classes=10&noise=0.1&test=0"
                    .formatted(examples, network.input().features()))
            .load(DataOptions.DEFAULT.withSeed(1))
            .train();
  }

  /** Trains to the edge, and measures there. */
  void measure(String what, Arithmetic arithmetic, int mostSteps) {
    double[] weights;
    try (Kernels kernels = devices.apply(arithmetic)) {
      weights = train(what, landscape(kernels), mostSteps);
    }
    try (Kernels kernels = devices.apply(arithmetic)) {
      costs(what, landscape(kernels), weights);
    }
    precision(what, weights);
  }

  private NetworkLandscape landscape(Kernels kernels) {
    return network.landscape(kernels, Examples.of(kernels, data));
  }

  private static DescentSettings settings(CurvaturePoints points, int every) {
    return DescentSettings.of(HYPERPARAMETERS, Integer.MAX_VALUE).withCurvature(points, every);
  }

  /** The weights some time after the stability ratio has reached 1. */
  private double[] train(String what, NetworkLandscape landscape, int mostSteps) {
    Walk walk =
        new Walk(landscape, network.weights(), settings(CurvaturePoints.MIDPOINT, MEASURED_EVERY));
    Approach approach = new Approach();
    walk.run(approach::see, () -> approach.arrived || approach.steps >= mostSteps);
    walk.run(STEPS * MEASURED_EVERY, approach::see);
    GpuOutput.line(
        "%s: stability ratio %.3f at step %d, %s",
        what, approach.ratio, approach.steps, approach.arrived ? "at the edge" : "NOT at the edge");
    return walk.weights();
  }

  private static final class Approach {
    private double ratio;
    private long steps;
    private boolean arrived;

    void see(StepRecord step) {
      steps = step.step() + 1;
      for (SphericalSharpness sharpness : step.sharpness()) {
        double effective =
            SphereGeometry.effectiveLearningRate(
                step.learningRate(), step.weightDecay(), step.weightNormSquared());
        ratio = SphereGeometry.stabilityRatio(effective, sharpness.largest());
        arrived |= ratio >= 1;
      }
    }
  }

  private static void costs(String what, NetworkLandscape landscape, double[] weights) {
    Walk steps = new Walk(landscape, weights, settings(CurvaturePoints.NONE, 0));
    Walk iterate = new Walk(landscape, weights, settings(CurvaturePoints.ITERATE, 1));
    Walk midpoint = new Walk(landscape, weights, settings(CurvaturePoints.MIDPOINT, 1));
    Times<Contender> times =
        new Interleaved<Contender>(System::nanoTime)
            .with(Contender.STEPS, () -> steps.run(STEPS, _ -> {}))
            .with(Contender.WITH_ITERATE, () -> iterate.run(STEPS, _ -> {}))
            .with(Contender.WITH_MIDPOINT, () -> midpoint.run(STEPS, _ -> {}))
            .measure(WARM_UPS, ROUNDS, _ -> {});
    double step = times.of(Contender.STEPS).median() / STEPS;
    GpuOutput.line("%s: %.4f ms a step", what, step * 1e3);
    for (Contender with : new Contender[] {Contender.WITH_ITERATE, Contender.WITH_MIDPOINT}) {
      String name = what + ": step " + with.name().toLowerCase(Locale.ROOT);
      GpuOutput.spread(name, times.ratio(with, Contender.STEPS), "GD steps");
    }
    double ours = times.of(Contender.WITH_MIDPOINT).median() / STEPS - step;
    lanczos(what, landscape, weights, ours);
  }

  /** As the published code finds two eigenvalues, but with the engine's products. */
  private static void lanczos(
      String what, NetworkLandscape landscape, double[] weights, double ours) {
    Kernels kernels = landscape.kernels();
    Tensor w = row(kernels, weights);
    Tensor v = kernels.allocate(1, weights.length);
    Tensor image = kernels.allocate(1, weights.length);
    Linearization here = landscape.linearize(w).defined();
    long[] inProducts = new long[1];
    long start = System.nanoTime();
    Lanczos.Result found =
        Lanczos.asPublished()
            .solve(
                x -> {
                  long begin = System.nanoTime();
                  v.set(x);
                  here.hessianVectorProduct(v, image);
                  double[] product = image.get();
                  inProducts[0] += System.nanoTime() - begin;
                  return product;
                },
                weights.length,
                RandomStream.of("lanczos", 1));
    double all = (System.nanoTime() - start) * 1e-9;
    double products = inProducts[0] * 1e-9;
    GpuOutput.line(
        "%s: Lanczos from scratch, %d products, %.1f ms, %.1f of them in products: %.0f and %.0f"
            + " times the cost of our sharpness",
        what, found.products(), all * 1e3, products * 1e3, all / ours, products / ours);
  }

  /** λ₁ at the same weights in every arithmetic, converged, against float64's. */
  private void precision(String what, double[] weights) {
    double exact = sharpness(Arithmetic.FLOAT64, weights);
    for (Arithmetic arithmetic : Arithmetic.values()) {
      if (arithmetic != Arithmetic.FLOAT64) {
        try {
          double found = sharpness(arithmetic, weights);
          GpuOutput.line(
              "%s: relative error of λ₁ in %s %.2e", what, arithmetic.label(), found / exact - 1);
        } catch (NotOfferedException notOffered) {
          GpuOutput.line(
              "%s: λ₁ in %s: %s",
              what, arithmetic.label(), String.valueOf(notOffered.getMessage()));
        }
      }
    }
  }

  private double sharpness(Arithmetic arithmetic, double[] weights) {
    try (Kernels kernels = devices.apply(arithmetic)) {
      NetworkLandscape landscape = landscape(kernels);
      Tensor direction = kernels.allocate(1, weights.length);
      double norm = Math.sqrt(Arrays.stream(weights).map(x -> x * x).sum());
      SphereGeometry.direction(kernels, row(kernels, weights), norm, direction);
      LeadingEigensolver solver = new LeadingEigensolver(kernels, weights.length, CONVERGED);
      return new SharpnessProbe(solver, CONVERGED, Point.ITERATE)
          .measure(0, landscape.linearize(direction).defined(), direction, 1)
          .eigenvalues()
          .getFirst();
    }
  }

  private static Tensor row(Kernels kernels, double[] values) {
    Tensor row = kernels.allocate(1, values.length);
    row.set(values);
    return row;
  }
}
