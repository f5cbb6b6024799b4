package brink.trainer.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import brink.trainer.checkpoint.Checkpoint;
import brink.trainer.checkpoint.CheckpointFile;
import brink.trainer.curvature.SharpnessSettings;
import brink.trainer.data.DataOptions;
import brink.trainer.data.DataSource;
import brink.trainer.data.Split;
import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Precision;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.network.Examples;
import brink.trainer.network.Mlp;
import brink.trainer.network.NetworkLandscape;
import brink.trainer.state.SavedState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that goes on from a checkpoint is the run that was never interrupted. */
class ResumedDescentTest {
  private static final int STEPS = 400;

  /** Cold checks fall before and after every checkpoint. */
  private static final SharpnessSettings SOLVER =
      new SharpnessSettings(2, 0.01, 12, 100, 30, 24, 1);

  @TempDir Path folder;

  /** A step's record, and the gradient that the record only lends. */
  private record Seen(StepRecord record, List<Double> gradient) {
    static Seen of(StepRecord record) {
      List<Double> gradient = Arrays.stream(record.gradient().get()).boxed().toList();
      return new Seen(record, gradient);
    }

    /**
     * Everything but the tensor, which compares by identity. A Double equals another bit by bit.
     */
    List<Object> bits() {
      List<Object> bits = new ArrayList<>();
      bits.add(record.step());
      bits.add(record.loss());
      bits.add(record.weightNormSquared());
      bits.add(record.gradientNormSquared());
      bits.add(record.learningRate());
      bits.add(record.weightDecay());
      bits.add(String.valueOf(record.gradientCosine()));
      bits.add(String.valueOf(record.directionalCurvature()));
      bits.add(record.sharpness());
      bits.add(String.valueOf(record.scores()));
      bits.add(record.layers());
      bits.add(String.valueOf(record.flowTest()));
      bits.add(String.valueOf(record.gradientNoiseSquared()));
      bits.add(String.valueOf(record.plane()));
      bits.add(gradient);
      return bits;
    }
  }

  private static DescentSettings everything(double learningRate, double weightDecay) {
    return DescentSettings.of(new Hyperparameters(learningRate, weightDecay), STEPS)
        .withCurvature(CurvaturePoints.BOTH, 1)
        .withLogSharpnessGradientEvery(20)
        .withEvaluateEvery(7)
        .withLayersEvery(5)
        .withPlaneEvery(15)
        .withSharpness(SOLVER);
  }

  private static GradientDescent bnLinear(Kernels kernels, DescentSettings settings) {
    Problem problem = SyntheticProblem.of(kernels, 1);
    return new GradientDescent(problem.landscape(), problem.initialWeights(), settings, () -> 0);
  }

  private static GradientDescent mlp(Kernels kernels, DescentSettings settings) {
    DataSource source = DataSource.parse("synthetic:teacher?n=100&d=10&classes=4&noise=0&test=50");
    Split split = source.load(DataOptions.DEFAULT.withSeed(1));
    Examples train = Examples.of(kernels, split.train());
    Mlp mlp = Mlp.batchNormalized(List.of(8, 8), Activation.TANH, Loss.SOFTMAX_CROSS_ENTROPY);
    NetworkLandscape landscape = mlp.landscape(kernels, train, null, 1);
    Tensor weights = kernels.allocate(1, landscape.dimension());
    weights.set(mlp.initialWeights(split.train().dimension(), 1));
    return new GradientDescent(landscape, weights, settings, () -> 0);
  }

  private void checkpoint(SavedState state) throws IOException {
    CheckpointFile.write(
        file(),
        new Checkpoint(
            "",
            state.number(GradientDescent.STEP),
            Map.of(),
            List.of(),
            OptionalLong.empty(),
            0,
            state));
  }

  private Path file() {
    return folder.resolve("a.checkpoint");
  }

  private List<Seen> whole(Supplier<Kernels> device, Function<Kernels, GradientDescent> descent) {
    List<Seen> seen = new ArrayList<>();
    try (Kernels kernels = device.get()) {
      var _ = descent.apply(kernels).run(record -> seen.add(Seen.of(record)), () -> false);
    }
    return seen;
  }

  /** Killed after some steps, the last of which are lost, and resumed by another process. */
  private List<Seen> resumedAt(
      int step, Supplier<Kernels> device, Function<Kernels, GradientDescent> descent)
      throws IOException {
    List<Seen> seen = new ArrayList<>();
    try (Kernels kernels = device.get()) {
      GradientDescent first = descent.apply(kernels);
      var _ = first.run(record -> seen.add(Seen.of(record)), () -> seen.size() == step);
      checkpoint(first.save());
    }
    try (Kernels kernels = device.get()) {
      GradientDescent second = descent.apply(kernels);
      second.restore(CheckpointFile.read(file()).state());
      var _ = second.run(record -> seen.add(Seen.of(record)), () -> false);
    }
    return seen;
  }

  private void holds(Function<Kernels, GradientDescent> descent) throws IOException {
    holds(() -> new CpuKernels(1), descent);
  }

  private void holds(Supplier<Kernels> device, Function<Kernels, GradientDescent> descent)
      throws IOException {
    List<Seen> whole = whole(device, descent);
    assertThat(whole).hasSize(STEPS);
    // at the edge, where every rounding error grows
    assertThat(whole.subList(STEPS / 2, STEPS))
        .anyMatch(seen -> Objects.requireNonNull(seen.record().gradientCosine()) < -0.9);
    List<List<Object>> expected = whole.stream().map(Seen::bits).toList();
    for (int step : new int[] {1, 101, STEPS - 73}) {
      assertThat(resumedAt(step, device, descent).stream().map(Seen::bits).toList())
          .as("resumed at step %d", step)
          .isEqualTo(expected);
    }
  }

  @Test
  void layers_onTheirCadence_sumToTheNorms() {
    List<Seen> whole =
        whole(() -> new CpuKernels(1), kernels -> mlp(kernels, everything(0.1, 0.1)));
    for (Seen seen : whole) {
      List<LayerRecord> layers = seen.record().layers();
      if (seen.record().step() % 5 != 0) {
        assertThat(layers).isEmpty();
        continue;
      }
      assertThat(layers).hasSize(2);
      // sums of some hundred squares in another order
      assertThat(layers.stream().mapToDouble(LayerRecord::weightNormSquared).sum())
          .isCloseTo(seen.record().weightNormSquared(), withinPercentage(1e-10));
      assertThat(layers.stream().mapToDouble(LayerRecord::gradientNormSquared).sum())
          .isCloseTo(seen.record().gradientNormSquared(), withinPercentage(1e-10));
    }
  }

  @Test
  void restore_bnLinearAtTheEdge_givesTheSameBits() throws IOException {
    holds(kernels -> bnLinear(kernels, everything(0.5, 0.02)));
  }

  @Test
  void restore_networkAtTheEdge_givesTheSameBits() throws IOException {
    holds(kernels -> mlp(kernels, everything(0.1, 0.1)));
  }

  @Test
  void restore_networkInSinglePrecisionOnTwoThreads_givesTheSameBits() throws IOException {
    holds(
        () -> new CpuKernels(Precision.FLOAT32, 2), kernels -> mlp(kernels, everything(0.1, 0.1)));
  }

  @Test
  void restore_momentumAndSchedules_givesTheSameBits() throws IOException {
    HyperparameterSchedule schedule =
        new HyperparameterSchedule(
            Schedule.parse("cosine:to=0.02,warmup=20", STEPS),
            Schedule.parse("steps:150=x2", STEPS));
    holds(
        kernels ->
            bnLinear(
                kernels,
                everything(0.1, 0.02)
                    .withRule(DescentRule.withMomentum(0.9))
                    .withSchedule(schedule)));
  }

  @Test
  void restore_sparseCurvature_givesTheSameBits() throws IOException {
    holds(
        kernels ->
            bnLinear(kernels, everything(0.5, 0.02).withCurvature(CurvaturePoints.BOTH, 10)));
  }

  @Test
  void restore_directMeasurementsThatTrainingPaysFor_givesTheSameBits() throws IOException {
    holds(
        kernels -> bnLinear(kernels, everything(0.5, 0.02).withDirectCadence(DirectCadence.AUTO)));
  }
}
