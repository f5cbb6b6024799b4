package brink.trainer.flow;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.checkpoint.Checkpoint;
import brink.trainer.checkpoint.CheckpointFile;
import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.DescentSettings;
import brink.trainer.descent.GradientDescent;
import brink.trainer.descent.Hyperparameters;
import brink.trainer.descent.StepRecord;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.landscape.BnLinear;
import brink.trainer.oracle.Golden;
import brink.trainer.state.SavedState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beside a run of bn-linear (n = 20, d = 40) at η_in = 1e-3, which enters the edge at step 700. */
class FlowPredictorTest {
  private static final int EVERY = 40;
  private static final double INTRINSIC = 1e-3;

  @TempDir Path folder;

  private final Kernels kernels = new CpuKernels(1);

  @AfterEach
  void close() {
    kernels.close();
  }

  private GradientDescent descent(double restart, long steps) {
    return descent(restart, steps, 0);
  }

  private GradientDescent descent(double restart, long steps, int planeEvery) {
    DescentSettings settings =
        DescentSettings.of(new Hyperparameters(0.5, INTRINSIC / 0.5), steps)
            .withCurvature(CurvaturePoints.MIDPOINT, EVERY)
            .withPlaneEvery(planeEvery)
            .withPredictions(new FlowPredictionSettings(EVERY, restart));
    BnLinear landscape = BnLinear.from(kernels, Golden.inputs(), Golden.targets());
    Tensor weights = kernels.allocate(1, landscape.dimension());
    weights.set(Golden.initialWeights());
    return new GradientDescent(landscape, weights, settings, () -> 0);
  }

  /** A prediction and λ₁ as measured there. */
  private record Seen(long step, PredictedFlow prediction, double measured) {}

  private static List<Seen> run(GradientDescent descent) {
    List<Seen> seen = new ArrayList<>();
    var _ =
        descent.run(
            record ->
                record
                    .predictions()
                    .forEach(
                        each ->
                            seen.add(
                                new Seen(
                                    record.step(), each, record.sharpness().getFirst().largest()))),
            () -> false);
    return seen;
  }

  private static List<Seen> of(PredictedFlowKind kind, List<Seen> all) {
    return all.stream().filter(seen -> seen.prediction().kind() == kind).toList();
  }

  @Test
  void place_ofAPredictedPoint_isNoFartherFromTrainingThanThePoint() {
    List<StepRecord> records = new ArrayList<>();
    // frames of 80 steps, so that every other prediction lies within one
    var _ = descent(0, 2_000, 60).run(records::add, () -> false);
    int compared = 0;
    for (int t = 0; t + 1 < records.size(); t++) {
      PlanePosition here = records.get(t).plane();
      PlanePosition next = records.get(t + 1).plane();
      if (here == null || next == null || here.anchorStep() != next.anchorStep()) {
        continue;
      }
      for (PredictedFlow predicted : records.get(t).predictions()) {
        PredictedFlow.Place place = predicted.place();
        Double distance = predicted.distance();
        if (place != null && distance != null) {
          double slow = place.slow() - (here.slow() + next.slow()) / 2;
          double oscillation = place.oscillation() - (here.oscillation() + next.oscillation()) / 2;
          // the middle of two iterates is not re-normalised: an eighth of the angle's square of it
          assertThat(Math.hypot(slow, oscillation)).isLessThan(distance + 1e-4);
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(20);
  }

  @Test
  void observe_edgeEntered_startsTheReductionFlowThereAndItHolds() {
    List<Seen> all = of(PredictedFlowKind.SHARPNESS_REDUCTION_FLOW, run(descent(0, 1800)));

    assertThat(all.getFirst().prediction().startStep()).isBetween(650L, 800L);
    assertThat(all.getFirst().prediction().flowTime()).isEqualTo(0.0);
    Seen last = all.getLast();
    assertThat(last.prediction().ended()).isNull();
    assertThat(last.step()).isEqualTo(1760);
    // the flow is of leading order; a relative O(η_in) times what grows with G² is left
    double predicted = Objects.requireNonNull(last.prediction().sharpness());
    assertThat(Math.abs(predicted / last.measured() - 1)).isLessThan(50 * INTRINSIC);
    assertThat(Objects.requireNonNull(last.prediction().distance())).isLessThan(50 * INTRINSIC);
  }

  @Test
  void observe_atTheEdge_comparesDirectionsOverTheirSpan() {
    List<PredictedFlow.Direction> directions =
        of(PredictedFlowKind.SHARPNESS_REDUCTION_FLOW, run(descent(0, 1500))).stream()
            .map(seen -> seen.prediction().direction())
            .filter(Objects::nonNull)
            .toList();

    assertThat(directions).hasSizeGreaterThan(5);
    assertThat(directions)
        .allSatisfy(each -> assertThat(each.span()).isGreaterThanOrEqualTo(RunningFlow.SPAN));
    List<Double> angles = directions.stream().map(PredictedFlow.Direction::angle).sorted().toList();
    // a displacement of 0.02 rad, off by O(η_in) at both ends
    assertThat(angles.get(angles.size() / 2)).isLessThan(0.1);
  }

  @Test
  void observe_beforeTheEdge_runsTheCentralFlowAlone() {
    List<Seen> all = run(descent(0, 300));

    assertThat(of(PredictedFlowKind.SHARPNESS_REDUCTION_FLOW, all)).isEmpty();
    assertThat(of(PredictedFlowKind.CENTRAL_FLOW, all)).hasSizeGreaterThan(5);
  }

  @Test
  void observe_restartDue_startsAnew() {
    List<Seen> all = of(PredictedFlowKind.CENTRAL_FLOW, run(descent(0.1, 500)));

    assertThat(all.stream().map(seen -> seen.prediction().startStep()).distinct().count())
        .isGreaterThan(2);
    assertThat(all)
        .allSatisfy(
            seen ->
                assertThat(Objects.requireNonNull(seen.prediction().flowTime()))
                    .isLessThan(0.1 + EVERY * INTRINSIC));
  }

  @Test
  void restore_savedDescent_predictsTheSame() throws IOException {
    List<Seen> whole = run(descent(0, 850));
    GradientDescent first = descent(0, 800);
    List<Seen> seen = run(first);
    GradientDescent second = descent(0, 850);
    second.restore(throughAFile(first.save()));
    seen.addAll(run(second));

    assertThat(seen).isEqualTo(whole);
  }

  private SavedState throughAFile(SavedState state) throws IOException {
    Path file = folder.resolve("a.checkpoint");
    CheckpointFile.write(
        file,
        new Checkpoint(
            "",
            state.number(GradientDescent.STEP),
            Map.of(),
            List.of(),
            OptionalLong.empty(),
            0,
            state));
    return CheckpointFile.read(file).state();
  }

  @Test
  void run_withPredictions_trainsAsWithout() {
    List<Double> with = losses(descent(0, 100));
    DescentSettings settings =
        DescentSettings.of(new Hyperparameters(0.5, INTRINSIC / 0.5), 100)
            .withCurvature(CurvaturePoints.MIDPOINT, EVERY);
    BnLinear landscape = BnLinear.from(kernels, Golden.inputs(), Golden.targets());
    Tensor weights = kernels.allocate(1, landscape.dimension());
    weights.set(Golden.initialWeights());

    assertThat(losses(new GradientDescent(landscape, weights, settings, () -> 0))).isEqualTo(with);
  }

  private static List<Double> losses(GradientDescent descent) {
    List<Double> losses = new ArrayList<>();
    var _ = descent.run(record -> losses.add(record.loss()), () -> false);
    return losses;
  }
}
