package brink.trainer.request;

import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.DirectCadence;
import java.util.List;

/**
 * Options that say what is measured beside training. Measuring sharpness begins from what it found
 * before, so that its cadence is one of the trajectory.
 */
final class MeasurementOptions {
  private static final RunOption<CurvaturePoints> CURVATURE =
      RunOption.of(
          OptionText.of(
              "--curvature",
              "POINT",
              "where sharpness is measured: ${COMPLETION-CANDIDATES}; the midpoint of two iterates"
                  + " is free of the period-two oscillation"),
          ValueForm.choice(CurvaturePoints.class),
          request -> request.measurements().curvature(),
          RunRequestBuilder::curvature,
          StepEffect.Recorded.forking(trajectory -> "" + trajectory.descent().curvature()));

  private static final RunOption<Integer> CURVATURE_EVERY =
      RunOption.of(
          OptionText.of(
              "--curvature-every",
              "N",
              "measure sharpness every N steps; at the iterates, in two adjacent steps each time"
                  + " (default: 1)"),
          ValueForm.COUNT,
          request -> request.measurements().curvatureEvery(),
          RunRequestBuilder::curvatureEvery,
          StepEffect.Recorded.forking(trajectory -> "" + trajectory.descent().curvatureEvery()));

  private static final RunOption<DirectCadence> DIRECT_EVERY =
      RunOption.of(
          OptionText.of(
              "--direct-every",
              "N",
              "measure the gradient of log-sharpness directly every N steps, and test the flow with"
                  + " it; 0 is never, and auto is as often as a tenth of the cost of training"
                  + " allows (default: the problem's)"),
          ValueForm.of(DirectCadence::parse, DirectCadence::toString),
          request -> request.measurements().directEvery(),
          RunRequestBuilder::directEvery,
          StepEffect.Recorded.forking(trajectory -> "" + trajectory.descent().directCadence()));

  private static final RunOption<Integer> EVALUATE_EVERY =
      RunOption.of(
          OptionText.of(
              "--evaluate-every",
              "N",
              "evaluate on whole data sets every N steps; 0 is never (default: 100)"),
          ValueForm.COUNT,
          request -> request.measurements().evaluateEvery(),
          RunRequestBuilder::evaluateEvery,
          StepEffect.NONE);

  private static final RunOption<Integer> LAYERS_EVERY =
      RunOption.of(
          OptionText.of(
              "--layers-every",
              "N",
              "measure norms and sharpness of single layers every N steps; 0 is never (default:"
                  + " 100)"),
          ValueForm.COUNT,
          request -> request.measurements().layersEvery(),
          RunRequestBuilder::layersEvery,
          StepEffect.Recorded.forking(trajectory -> "" + trajectory.descent().layersEvery()));

  private static final RunOption<Integer> PREDICT_FLOW =
      RunOption.of(
          OptionText.of(
              "--predict-flow",
              "N",
              "small problems: every N steps, compare training with the sharpness-reduction flow"
                  + " and the central flow; 0 is never (default: ${DEFAULT-VALUE})"),
          ValueForm.COUNT,
          request -> request.measurements().predictions().every(),
          RunRequestBuilder::predictFlow,
          StepEffect.NONE);

  private static final RunOption<Double> PREDICT_FLOW_RESTART =
      RunOption.of(
          OptionText.of(
              "--predict-flow-restart",
              "τ",
              "start these flows afresh after this much flow time; 0 is only when the run enters"
                  + " the edge (default: ${DEFAULT-VALUE})"),
          ValueForm.NUMBER,
          request -> request.measurements().predictions().restart(),
          RunRequestBuilder::predictFlowRestart,
          StepEffect.NONE);

  static final List<RunOption<?>> CADENCES =
      List.of(CURVATURE, CURVATURE_EVERY, DIRECT_EVERY, EVALUATE_EVERY);

  static final List<RunOption<?>> DETAILS =
      List.of(LAYERS_EVERY, PREDICT_FLOW, PREDICT_FLOW_RESTART);

  private MeasurementOptions() {}
}
