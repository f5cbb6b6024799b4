package brink.monitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brink.v1.Evaluation;
import brink.v1.FlowKind;
import brink.v1.FlowTest;
import brink.v1.Layer;
import brink.v1.PlaneFrame;
import brink.v1.PlanePosition;
import brink.v1.Prediction;
import brink.v1.Sharpness;
import brink.v1.SharpnessPoint;
import brink.v1.StepObserved;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepColumnsTest {
  private static final StepObserved FULL =
      StepObserved.newBuilder()
          .setRunId("run-a")
          .setStep(7)
          .setLoss(0.1)
          .addSharpness(
              Sharpness.newBuilder()
                  .setPoint(SharpnessPoint.SHARPNESS_POINT_MIDPOINT)
                  .addEigenvalues(3.5)
                  .addEigenvalues(1.25)
                  .addResiduals(1e-7)
                  .setHessianVectorProducts(4)
                  .setSlopeRate(-0.25)
                  .setLaggingGradientSquared(0.5)
                  .setMissed(0)
                  .setLoss(0.0625))
          .setFlowTest(
              FlowTest.newBuilder()
                  .setStartStep(3)
                  .setFlowTime(0.05)
                  .setCosine(0.75)
                  .setCosineError(0.0625)
                  .setSpeed(0)
                  .setPredictedSpeed(0.5)
                  .setSpeedError(0.125)
                  .setDisplacement(0.25)
                  .setMeasurements(6))
          .setGradientNoiseSquared(1e-30)
          .setPlane(
              PlanePosition.newBuilder()
                  .setAnchorStep(6)
                  .setSlow(0.5)
                  .setOscillation(0)
                  .setFrame(
                      PlaneFrame.newBuilder()
                          .setSinceStep(2)
                          .setSlowOrigin(0.25)
                          .setSlowCosine(-0.5)
                          .setOscillationCosine(1)))
          .setEvaluation(Evaluation.newBuilder().setTestAccuracy(0))
          .addPredictions(
              Prediction.newBuilder()
                  .setKind(FlowKind.FLOW_KIND_CENTRAL_FLOW)
                  .setStartStep(5)
                  .setFlowTime(0.5)
                  .setSharpness(3.25)
                  .setPlaneSlow(0.375)
                  .setPlaneOscillation(-0.125))
          .addLayers(Layer.newBuilder().setName("fc1").setSharpness(2))
          .build();
  private static final StepObserved BARE =
      StepObserved.newBuilder().setRunId("run-a").setStep(8).build();

  @Test
  void row_ofAFullStep_hasEveryValueUnderItsName() {
    Map<String, String> row = row(FULL);

    assertThat(row)
        .containsEntry("step", "7")
        .containsEntry("loss", "0.1")
        .containsEntry("midpoint_eigenvalue_1", "3.5")
        .containsEntry("midpoint_eigenvalue_2", "1.25")
        .containsEntry("midpoint_residual_1", "1.0E-7")
        .containsEntry("midpoint_hessian_vector_products", "4")
        .containsEntry("midpoint_slope_rate", "-0.25")
        .containsEntry("midpoint_lagging_gradient_squared", "0.5")
        .containsEntry("midpoint_missed", "0.0")
        .containsEntry("midpoint_loss", "0.0625")
        .containsEntry("flow_test_start_step", "3")
        .containsEntry("flow_test_flow_time", "0.05")
        .containsEntry("flow_test_cosine", "0.75")
        .containsEntry("flow_test_cosine_error", "0.0625")
        .containsEntry("flow_test_speed", "0.0")
        .containsEntry("flow_test_predicted_speed", "0.5")
        .containsEntry("flow_test_speed_error", "0.125")
        .containsEntry("flow_test_displacement", "0.25")
        .containsEntry("flow_test_measurements", "6")
        .containsEntry("gradient_noise_squared", "1.0E-30")
        .containsEntry("plane_anchor_step", "6")
        .containsEntry("plane_slow", "0.5")
        .containsEntry("plane_oscillation", "0.0")
        .containsEntry("plane_since_step", "2")
        .containsEntry("plane_slow_origin", "0.25")
        .containsEntry("plane_slow_cosine", "-0.5")
        .containsEntry("plane_oscillation_cosine", "1.0")
        .containsEntry("central_flow_plane_slow", "0.375")
        .containsEntry("central_flow_plane_oscillation", "-0.125")
        .containsEntry("central_flow_start_step", "5")
        .containsEntry("central_flow_flow_time", "0.5")
        .containsEntry("central_flow_sharpness", "3.25")
        .containsEntry("central_flow_direction_angle", "")
        .containsEntry("fc1_sharpness", "2.0");
  }

  @Test
  void row_measuredZero_isNotEmpty() {
    assertThat(row(FULL)).containsEntry("test_accuracy", "0.0");
  }

  @Test
  void row_ofWhatWasNotMeasured_isEmpty() {
    assertThat(row(FULL))
        .containsEntry("train_accuracy", "")
        .containsEntry("midpoint_residual_2", "")
        .containsEntry("observed_at", "");
    Map<String, String> bare = row(BARE);
    assertThat(bare.values().stream().filter(cell -> !cell.isEmpty()))
        .containsExactlyInAnyOrder("run-a", "8");
  }

  private static Map<String, String> row(StepObserved step) {
    StepColumns columns = new StepColumns();
    columns.include(FULL);
    columns.include(BARE);
    List<String> names = columns.names();
    List<String> values = StepColumns.row(names, step);
    assertThat(values).hasSameSizeAs(names);
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      row.put(names.get(i), values.get(i));
    }
    return row;
  }
}
