package brink.monitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import brink.v1.Estimate;
import brink.v1.Evaluation;
import brink.v1.FlowFitted;
import brink.v1.FlowKind;
import brink.v1.Forecast;
import brink.v1.Prediction;
import brink.v1.Regime;
import brink.v1.StepObserved;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RunMetricsTest extends MetricsScenario {
  @Test
  void scrape_beforeAnyRun_hasBuildInfoAndZeroRejections() {
    assertThat(lines("brink_build_info")).singleElement().asString().contains("version=\"1.2.3\"");
    assertThat(lines("brink_rejected_total{reason=\"CORRUPT\"}")).hasSize(1);
    assertThat(lines("brink_step")).isEmpty();
  }

  @Test
  void scrape_afterAStep_hasTheNamesOfTheDesign() {
    metrics.onStarted(run.started());
    step(withEverything(run.steps(1).getFirst()));

    assertThat(lines("brink_"))
        .contains(
            "brink_step{run=\"run-a\"} 0.0",
            "brink_loss{run=\"run-a\"} 1.0",
            "brink_weight_norm{run=\"run-a\"} 8.0",
            "brink_gradient_cosine{run=\"run-a\"} 0.5",
            "brink_angular_step{run=\"run-a\"} 0.001",
            "brink_flow_time{run=\"run-a\"} 0.001",
            "brink_accuracy{run=\"run-a\",set=\"test\"} 0.75",
            "brink_sharpness_residual{rank=\"1\",run=\"run-a\"} 1.0E-6",
            "brink_steps_total{run=\"run-a\"} 1.0",
            "brink_regime{regime=\"STARTING\",run=\"run-a\"} 1.0",
            "brink_regime{regime=\"STALLED\",run=\"run-a\"} 0.0")
        .anyMatch(line -> line.startsWith("brink_gradient_norm{run=\"run-a\"}"))
        .anyMatch(line -> line.startsWith("brink_effective_learning_rate{run=\"run-a\"}"))
        .anyMatch(line -> line.startsWith("brink_sharpness{rank=\"1\",run=\"run-a\"}"))
        .anyMatch(line -> line.startsWith("brink_stability_ratio{run=\"run-a\"} 0.3"));
    assertThat(lines("brink_regime{")).hasSize(10);
  }

  @Test
  void pairMean_ofAdjacentSteps_isTheirMeanAndOfOthersAbsent() {
    metrics.onStarted(run.started());
    List<StepObserved> steps = run.steps(4);
    step(steps.get(0));
    assertThat(lines("brink_stability_ratio_pair_mean{")).isEmpty();
    step(steps.get(1));
    double first = value("brink_stability_ratio_pair_mean{run=\"run-a\"}");
    double second = value("brink_stability_ratio{run=\"run-a\"}");
    step(steps.get(3));

    assertThat(first).isLessThan(second).isGreaterThan(0.3);
    assertThat(lines("brink_stability_ratio_pair_mean{")).isEmpty();
  }

  private double value(String series) {
    String line = lines(series).getFirst();
    return Double.parseDouble(line.substring(series.length()).strip());
  }

  @Test
  void value_notMeasured_isAbsent() {
    metrics.onStarted(run.started());
    StepObserved bare =
        run.steps(1).getFirst().toBuilder()
            .clearLoss()
            .clearGradientCosine()
            .clearSharpness()
            .build();
    step(bare);

    assertThat(lines("brink_loss")).isEmpty();
    assertThat(lines("brink_gradient_cosine")).isEmpty();
    assertThat(lines("brink_sharpness")).isEmpty();
    assertThat(lines("brink_stability_ratio")).isEmpty();
    assertThat(lines("brink_accuracy")).isEmpty();
    assertThat(lines("brink_norm_ledger_error")).isEmpty();
  }

  @Test
  void value_noLongerMeasured_goes() {
    metrics.onStarted(run.started());
    step(run.steps(1).getFirst());
    assertThat(lines("brink_loss")).hasSize(1);
    step(run.steps(2).getLast().toBuilder().clearLoss().build());

    assertThat(lines("brink_loss")).isEmpty();
  }

  @Test
  void sharpness_measuredNowAndThen_stays() {
    metrics.onStarted(run.started());
    step(run.steps(1).getFirst());
    step(run.steps(2).getLast().toBuilder().clearSharpness().build());

    assertThat(lines("brink_sharpness{")).hasSize(1);
    assertThat(lines("brink_stability_ratio{")).hasSize(1);
  }

  @Test
  void predictions_ofFlows_areShownByFlow() {
    metrics.onStarted(run.started());
    step(
        predicted(
            run.steps(1).getFirst(),
            prediction(0, 12).setDistance(0.25).setDirectionAngle(0.125).setDirectionSpan(0.05)));

    assertThat(lines("brink_"))
        .contains(
            "brink_predicted_sharpness{flow=\"CENTRAL_FLOW\",run=\"run-a\"} 12.0",
            "brink_flow_distance{flow=\"CENTRAL_FLOW\",run=\"run-a\"} 0.25",
            "brink_flow_angle{flow=\"CENTRAL_FLOW\",run=\"run-a\"} 0.125");
    assertThat(lines("brink_predicted_sharpness{")).hasSize(1);

    step(predicted(run.steps(2).getLast(), prediction(0, 11)));
    assertThat(lines("brink_predicted_sharpness{"))
        .containsExactly("brink_predicted_sharpness{flow=\"CENTRAL_FLOW\",run=\"run-a\"} 11.0");
    assertThat(lines("brink_flow_distance{")).isEmpty();
    assertThat(lines("brink_flow_angle{")).hasSize(1);
  }

  @Test
  void prediction_ofAnotherTrajectory_forgetsTheAngleOfTheLast() {
    metrics.onStarted(run.started());
    step(predicted(run.steps(1).getFirst(), prediction(0, 12).setDirectionAngle(0.125)));
    step(predicted(run.steps(2).getLast(), prediction(1, 11)));

    assertThat(lines("brink_flow_angle{")).isEmpty();
  }

  @Test
  void prediction_thatEnded_goes() {
    metrics.onStarted(run.started());
    step(predicted(run.steps(1).getFirst(), prediction(0, 12).setDirectionAngle(0.125)));
    Prediction.Builder ended =
        prediction(0, 0).clearSharpness().setEnded("two eigenvalues have met");
    step(predicted(run.steps(2).getLast(), ended));

    assertThat(lines("brink_predicted_sharpness{")).isEmpty();
    assertThat(lines("brink_flow_angle{")).isEmpty();
  }

  @Test
  void flow_fitted_isShownAndGoesWithTheEdge() {
    metrics.onStarted(run.started());
    metrics.onFlowFitted(flow());

    assertThat(lines("brink_"))
        .contains(
            "brink_log_sharpness_gradient_squared{run=\"run-a\",source=\"angular_step\"} 0.5",
            "brink_log_sharpness_rate{kind=\"predicted\",run=\"run-a\"} -0.25",
            "brink_flow_consistent{run=\"run-a\"} 1.0",
            "brink_flow_agreement{run=\"run-a\"} 0.625",
            "brink_edge_eigenvalues{run=\"run-a\"} 2.0",
            "brink_sharpness_forecast{horizon=\"1.0\",run=\"run-a\"} 12.0",
            "brink_sharpness_forecast{horizon=\"+Inf\",run=\"run-a\"} 9.0");
    assertThat(lines("brink_steps_to_edge")).isEmpty();

    metrics.onRegimeChanged(change(Regime.REGIME_EDGE, Regime.REGIME_CATAPULT));

    assertThat(lines("brink_log_sharpness")).isEmpty();
    assertThat(lines("brink_sharpness_forecast")).isEmpty();
    assertThat(lines("brink_regime_changes_total"))
        .containsExactly(
            "brink_regime_changes_total{from=\"EDGE\",run=\"run-a\",to=\"CATAPULT\"} 1.0");
  }

  @Test
  void stepsToEdge_betweenTwoFits_areCountedDown() {
    metrics.onStarted(run.started());
    metrics.onFlowFitted(
        FlowFitted.newBuilder()
            .setRunId("run-a")
            .setStep(0)
            .setStepsToEdge(Estimate.newBuilder().setValue(2.5))
            .build());
    assertThat(lines("brink_steps_to_edge"))
        .containsExactly("brink_steps_to_edge{run=\"run-a\"} 2.5");
    List<StepObserved> steps = run.steps(5);
    steps.subList(0, 2).forEach(this::step);
    assertThat(lines("brink_steps_to_edge"))
        .containsExactly("brink_steps_to_edge{run=\"run-a\"} 1.5");
    steps.subList(2, 5).forEach(this::step);
    assertThat(lines("brink_steps_to_edge"))
        .containsExactly("brink_steps_to_edge{run=\"run-a\"} 0.0");
  }

  @Test
  void step_thatCameLate_countsAndLeavesTheNewerValues() {
    metrics.onStarted(run.started());
    List<StepObserved> steps = run.steps(3);
    step(steps.get(0));
    step(steps.get(2));
    step(steps.get(1));
    assertThat(lines("brink_"))
        .contains("brink_step{run=\"run-a\"} 2.0", "brink_steps_total{run=\"run-a\"} 3.0");
  }

  @Test
  void delay_ofAnEvent_fallsIntoItsBucket() {
    metrics.onStarted(run.started());
    step(run.steps(1).getFirst());

    assertThat(lines("brink_event_delay_seconds_"))
        .contains(
            "brink_event_delay_seconds_bucket{le=\"0.025\"} 0",
            "brink_event_delay_seconds_bucket{le=\"0.05\"} 1",
            "brink_event_delay_seconds_count 1");
  }

  @Test
  void scrape_asOpenMetrics_endsAsTheFormatDemands() {
    metrics.onStarted(run.started());

    assertThat(registry.scrape("application/openmetrics-text; version=1.0.0"))
        .contains("brink_run_info{")
        .endsWith("# EOF\n");
  }

  private static StepObserved withEverything(StepObserved step) {
    return step.toBuilder().setEvaluation(Evaluation.newBuilder().setTestAccuracy(0.75)).build();
  }

  private static StepObserved predicted(StepObserved step, Prediction.Builder prediction) {
    return step.toBuilder().addPredictions(prediction).build();
  }

  private static Prediction.Builder prediction(long startStep, double sharpness) {
    return Prediction.newBuilder()
        .setKind(FlowKind.FLOW_KIND_CENTRAL_FLOW)
        .setStartStep(startStep)
        .setSharpness(sharpness);
  }

  private static FlowFitted flow() {
    return FlowFitted.newBuilder()
        .setRunId("run-a")
        .setAngularStep(Estimate.newBuilder().setValue(0.5))
        .setPredictedRate(Estimate.newBuilder().setValue(-0.25))
        .setConsistent(true)
        .setAgreementPValue(0.625)
        .setEdgeEigenvalues(2)
        .setAsymptote(Estimate.newBuilder().setValue(9))
        .addForecasts(Forecast.newBuilder().setHorizon(1).setSharpness(12))
        .build();
  }
}
