package brink.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.curvature.SphericalSharpness;
import brink.trainer.curvature.SphericalSharpness.EdgeGradient;
import brink.trainer.curvature.SphericalSharpness.Point;
import brink.trainer.descent.StepRecord;
import brink.trainer.flow.DirectFlowTest;
import brink.trainer.flow.PlanePosition;
import brink.trainer.flow.PredictedFlow;
import brink.trainer.flow.PredictedFlowKind;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.landscape.Scores;
import brink.v1.Evaluation;
import brink.v1.PlaneFrame;
import brink.v1.Prediction;
import brink.v1.Sharpness;
import brink.v1.SharpnessPoint;
import brink.v1.StepObserved;
import brink.v1.Timing;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StepMessageTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000, 5);
  private static final Timestamp STAMP =
      Timestamp.newBuilder().setSeconds(1_700_000_000).setNanos(5).build();

  private final Kernels kernels = new CpuKernels(1);

  @AfterEach
  void close() {
    kernels.close();
  }

  private StepRecord record(List<SphericalSharpness> sharpness, Scores scores) {
    return new StepRecord(
        3, 0.0, 4, 9, 0.5, 0.02, -0.9, 0.0, sharpness, scores, 11, 12, Samples.vector(kernels, 1));
  }

  @Test
  void of_bareStep_setsTheNecessaryAndNothingElse() {
    StepObserved message =
        StepMessage.of("run-1", 0, Samples.bare(3, Samples.vector(kernels, 1)), NOW, -1);
    assertThat(message)
        .isEqualTo(
            StepObserved.newBuilder()
                .setRunId("run-1")
                .setStep(3)
                .setObservedAt(STAMP)
                .setLoss(0.25)
                .setWeightNormSquared(4)
                .setGradientNormSquared(9)
                .setLearningRate(0.5)
                .setWeightDecay(0.02)
                .setTiming(Timing.newBuilder().setGradientNs(11).setCurvatureNs(12))
                .build());
  }

  @Test
  void of_predictions_haveTheirKindAndWhatWasMeasured() {
    PredictedFlow running =
        new PredictedFlow(
            PredictedFlowKind.CENTRAL_FLOW,
            2,
            0.0,
            7.0,
            0.25,
            new PredictedFlow.Direction(0.5, 0.125),
            null,
            new PredictedFlow.Place(0.75, -0.5));
    PredictedFlow over =
        new PredictedFlow(
            PredictedFlowKind.SHARPNESS_REDUCTION_FLOW,
            1,
            null,
            null,
            null,
            null,
            "it left Γ",
            null);
    StepRecord step =
        new StepRecord(
            3,
            0.0,
            4,
            9,
            0.5,
            0.02,
            null,
            null,
            List.of(),
            null,
            List.of(),
            List.of(running, over),
            null,
            null,
            null,
            11,
            12,
            Samples.vector(kernels, 1));

    assertThat(StepMessage.of("run-1", 0, step, NOW, 0).getPredictionsList())
        .containsExactly(
            Prediction.newBuilder()
                .setKind(brink.v1.FlowKind.FLOW_KIND_CENTRAL_FLOW)
                .setStartStep(2)
                .setFlowTime(0)
                .setSharpness(7)
                .setDistance(0.25)
                .setDirectionAngle(0.5)
                .setDirectionSpan(0.125)
                .setPlaneSlow(0.75)
                .setPlaneOscillation(-0.5)
                .build(),
            Prediction.newBuilder()
                .setKind(brink.v1.FlowKind.FLOW_KIND_SHARPNESS_REDUCTION_FLOW)
                .setStartStep(1)
                .setEnded("it left Γ")
                .build());
  }

  @Test
  void of_flowTestAndNoise_areMappedFieldByField() {
    StepRecord step =
        new StepRecord(
            3,
            0.0,
            4,
            9,
            0.5,
            0.02,
            null,
            null,
            List.of(),
            null,
            List.of(),
            List.of(),
            new DirectFlowTest(1, 0.05, 0.99, 0.01, 0.3, 0.29, 0.02, 0.013, 6),
            0.0,
            null,
            11,
            12,
            Samples.vector(kernels, 1));

    StepObserved message = StepMessage.of("run-1", 0, step, NOW, 0);
    assertThat(message.getFlowTest())
        .isEqualTo(
            brink.v1.FlowTest.newBuilder()
                .setStartStep(1)
                .setFlowTime(0.05)
                .setCosine(0.99)
                .setCosineError(0.01)
                .setSpeed(0.3)
                .setPredictedSpeed(0.29)
                .setSpeedError(0.02)
                .setDisplacement(0.013)
                .setMeasurements(6)
                .build());
    assertThat(message.hasGradientNoiseSquared()).isTrue();
  }

  @Test
  void of_planePosition_isMappedFieldByField() {
    PlanePosition.Frame first = new PlanePosition.Frame(0, 0.0, null);
    assertThat(plane(new PlanePosition(100, 0.0, -0.5, first)))
        .isEqualTo(
            brink.v1.PlanePosition.newBuilder()
                .setAnchorStep(100)
                .setSlow(0)
                .setOscillation(-0.5)
                .setFrame(PlaneFrame.newBuilder().setSlowOrigin(0))
                .build());
    PlanePosition.Frame second =
        new PlanePosition.Frame(100, 0.25, new PlanePosition.Turn(-0.5, 0.75));
    assertThat(plane(new PlanePosition(200, 0.5, 0.0, second)))
        .isEqualTo(
            brink.v1.PlanePosition.newBuilder()
                .setAnchorStep(200)
                .setSlow(0.5)
                .setOscillation(0)
                .setFrame(
                    PlaneFrame.newBuilder()
                        .setSinceStep(100)
                        .setSlowOrigin(0.25)
                        .setSlowCosine(-0.5)
                        .setOscillationCosine(0.75))
                .build());
    assertThat(plane(new PlanePosition(200, 0.5, 0.0, null)).hasFrame()).isFalse();
  }

  private brink.v1.PlanePosition plane(PlanePosition position) {
    StepRecord step =
        new StepRecord(
            3,
            0.0,
            4,
            9,
            0.5,
            0.02,
            null,
            null,
            List.of(),
            null,
            List.of(),
            List.of(),
            null,
            null,
            position,
            11,
            12,
            Samples.vector(kernels, 1));
    return StepMessage.of("run-1", 0, step, NOW, 0).getPlane();
  }

  @Test
  void of_measuredZeros_arePresent() {
    StepObserved message = StepMessage.of("run-1", 0, record(List.of(), Scores.NONE), NOW, 0);
    assertThat(message.hasLoss()).isTrue();
    assertThat(message.hasDirectionalCurvature()).isTrue();
    assertThat(message.getGradientCosine()).isEqualTo(-0.9);
    assertThat(message.getTiming().hasPublishNs()).isTrue();
  }

  @Test
  void of_sharpness_mapsPointsAndLeavesAbsentOut() {
    SphericalSharpness full =
        new SphericalSharpness(
            Point.MIDPOINT,
            List.of(2.0, 1.0),
            List.of(0.1, 0.2),
            3,
            0.5,
            6.0,
            new EdgeGradient(2, 5.0),
            -0.2,
            0.3,
            0.01,
            0.0);
    SphericalSharpness bare =
        new SphericalSharpness(
            Point.ITERATE, List.of(3.0), List.of(0.0), 4, null, null, null, null, null, null, null);
    StepObserved message =
        StepMessage.of("run-1", 0, record(List.of(bare, full), Scores.NONE), NOW, -1);
    assertThat(message.getSharpnessList())
        .containsExactly(
            Sharpness.newBuilder()
                .setPoint(SharpnessPoint.SHARPNESS_POINT_ITERATE)
                .addEigenvalues(3)
                .addResiduals(0)
                .setHessianVectorProducts(4)
                .build(),
            Sharpness.newBuilder()
                .setPoint(SharpnessPoint.SHARPNESS_POINT_MIDPOINT)
                .addEigenvalues(2)
                .addEigenvalues(1)
                .addResiduals(0.1)
                .addResiduals(0.2)
                .setHessianVectorProducts(3)
                .setAlignment(0.5)
                .setLogSharpnessGradientSquared(6)
                .setMissed(0.01)
                .setEdgeEigenvalues(2)
                .setEdgeGradientSquared(5)
                .setSlopeRate(-0.2)
                .setLaggingGradientSquared(0.3)
                .setLoss(0)
                .build());
  }

  @Test
  void of_scores_setsWhatWasMeasured() {
    Scores scores = new Scores(null, null, 0.5, 0.0);
    assertThat(StepMessage.of("run-1", 0, record(List.of(), scores), NOW, -1).getEvaluation())
        .isEqualTo(Evaluation.newBuilder().setTestLoss(0.5).setTestAccuracy(0).build());
  }

  @Test
  void of_noScores_hasNoEvaluation() {
    StepObserved message = StepMessage.of("run-1", 0, record(List.of(), Scores.NONE), NOW, -1);
    assertThat(message.hasEvaluation()).isFalse();
  }
}
