package brink.bench.rows;

import brink.bench.report.Line;
import brink.bench.report.Target;
import brink.bench.report.Unit;
import brink.bench.statistics.SampleSpread;
import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.Hyperparameters;
import brink.trainer.descent.StepListener;
import brink.trainer.descent.StepRecord;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Landscape;
import brink.trainer.landscape.Linearization;
import brink.trainer.network.Examples;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** What the engine keeps outside the heap: as much as its documentation says, and no more later. */
final class MemoryRow implements Row {
  private static final ComparedFormat ARITHMETIC = ComparedFormat.FLOAT32;
  private static final int FEATURES = 3_072;
  private static final int CLASSES = 10;
  private static final Network NETWORK = Network.mlp(FEATURES, 200, 200);

  /** Weights, a vector and its image: what a Hessian-vector product is computed with. */
  private static final int VECTORS = 3;

  /** Tensors that closing their kernels did not free would add up to this many times the peak. */
  private static final int REPETITIONS = 5;

  private static final Hyperparameters HYPERPARAMETERS = new Hyperparameters(0.1, 1e-2);
  private static final Network SMALL = Network.mlp(10, 16, 16);

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String title(Conditions conditions) {
    return "memory outside the heap, MLP-BN 3072-200-200-10 tanh, n = %d, %s"
        .formatted(examples(conditions), ARITHMETIC);
  }

  @Override
  public boolean needsPeer() {
    return false;
  }

  /** A heap that is resident from the start, so that the rest of the process shows. */
  @Override
  public List<String> jvmOptions() {
    return List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch");
  }

  private static int examples(Conditions conditions) {
    return conditions.choose(5_000, 2_000);
  }

  @Override
  public List<Line> measure(Conditions conditions, Consumer<String> progress) {
    List<Line> lines = new ArrayList<>();
    progress.accept("warming up");
    differentiateOnce(500, conditions.threads());
    lines.addAll(peak(conditions, progress));
    lines.add(flatness(conditions, progress));
    return lines;
  }

  private static List<Line> peak(Conditions conditions, Consumer<String> progress) {
    progress.accept("a gradient and Hessian-vector products of the large network");
    int n = examples(conditions);
    double predicted = (double) predicted(n);
    long before = ResidentSet.bytes();
    long peak = differentiateOnce(n, conditions.threads()) - before;
    progress.accept("the same again, " + REPETITIONS + " times");
    long again = peak;
    for (int i = 0; i < REPETITIONS; i++) {
      again = differentiateOnce(n, conditions.threads()) - before;
    }
    return List.of(
        Line.information("predicted", SampleSpread.exactly(predicted), Unit.MEBIBYTES),
        Line.information(
            "growth of the resident set", SampleSpread.exactly((double) peak), Unit.MEBIBYTES),
        Line.measurement(
            "relative difference of the two",
            SampleSpread.exactly(Math.abs((double) peak / predicted - 1)),
            Unit.PERCENT,
            Target.atMost(0.2)),
        Line.measurement(
            "growth when kernels were closed and made anew %d times, of the predicted"
                .formatted(REPETITIONS),
            SampleSpread.exactly((again - peak) / predicted),
            Unit.PERCENT,
            Target.atMost(0.05)));
  }

  /** The formula in the documentation, and the vectors that this row brings. */
  private static long predicted(int n) {
    return NETWORK.spec().memory(NETWORK.input(), CLASSES, ARITHMETIC.precision()).bytes(n, 0)
        + VECTORS * NETWORK.dimension() * ARITHMETIC.precision().bytes();
  }

  /** The resident set at its largest, of one gradient and two products. */
  private static long differentiateOnce(int n, int threads) {
    try (Kernels kernels = ARITHMETIC.kernels(threads)) {
      Landscape landscape = NETWORK.landscape(kernels, examples(kernels, n));
      Tensor weights = kernels.allocate(1, landscape.dimension());
      fill(weights, new Random(1));
      Tensor vector = kernels.allocate(1, landscape.dimension());
      fill(vector, new Random(2));
      Tensor image = kernels.allocate(1, landscape.dimension());
      Linearization here = landscape.linearize(weights);
      here.hessianVectorProduct(vector, image);
      here.hessianVectorProduct(vector, image);
      return ResidentSet.bytes();
    }
  }

  /** Written row by row: a copy on the heap would be as large. */
  private static Examples examples(Kernels kernels, int n) {
    Tensor inputs = kernels.allocate(n, FEATURES);
    Tensor targets = kernels.allocate(n, CLASSES);
    Random random = new Random(3);
    for (int i = 0; i < n; i++) {
      fill(inputs.view((long) i * FEATURES, 1, FEATURES), random);
      double[] oneHot = new double[CLASSES];
      oneHot[i % CLASSES] = 1;
      targets.view((long) i * CLASSES, 1, CLASSES).set(oneHot);
    }
    return new Examples(inputs, targets, true);
  }

  private static void fill(Tensor tensor, Random random) {
    tensor.set(random.doubles(tensor.length(), -1, 1).toArray());
  }

  /** Growth in the second half of the steps: until then the compiler is at work. */
  private static Line flatness(Conditions conditions, Consumer<String> progress) {
    int steps = conditions.choose(10_000, 2_000);
    progress.accept(steps + " steps of a small network");
    Sample sample = Sample.random(200, 10, 4, 1);
    Growth growth = new Growth(steps / 2);
    try (Kernels kernels = ARITHMETIC.kernels(conditions.threads())) {
      Landscape landscape = SMALL.landscape(kernels, sample.on(kernels));
      new EdgeRun(landscape, HYPERPARAMETERS, SMALL.initialWeights())
          .continueWith(CurvaturePoints.BOTH, steps, growth);
    }
    return Line.measurement(
        "growth of the resident set in the second half of %,d steps with sharpness"
            .formatted(steps),
        SampleSpread.exactly((double) (ResidentSet.bytes() - growth.settled)),
        Unit.MEBIBYTES,
        // what the compiler borrows comes and goes; one vector a step would be 8 MiB
        Target.atMost(4 * 0x1p20));
  }

  private static final class Growth implements StepListener {
    private final long settledAt;
    private long settled;

    Growth(long settledAt) {
      this.settledAt = settledAt;
    }

    @Override
    public void onStep(StepRecord step) {
      if (step.step() == settledAt) {
        settled = ResidentSet.bytes();
      }
    }
  }
}
