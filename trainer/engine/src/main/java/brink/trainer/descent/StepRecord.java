package brink.trainer.descent;

import brink.trainer.curvature.SphericalSharpness;
import brink.trainer.flow.DirectFlowTest;
import brink.trainer.flow.PlanePosition;
import brink.trainer.flow.PredictedFlow;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Scores;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one step of gradient descent measured: the iterate w_t and the update w_t → w_{t+1}.
 *
 * @param step t, from 0
 * @param loss L(w_t)
 * @param weightNormSquared ‖w_t‖²
 * @param gradientNormSquared ‖∇L(w_t)‖²
 * @param learningRate η of this update
 * @param weightDecay λ_wd of this update
 * @param gradientCosine cosine of ∇L(w_t) and ∇L(w_{t−1}); null at the first step
 * @param directionalCurvature Δg·Δw/‖Δw‖² between t−1 and t; null at the first step
 * @param sharpness at most one entry for each point; empty where not measured
 * @param scores on whole data sets; null where not measured
 * @param layers norms and sharpness of single layers; empty where not measured
 * @param predictions of flows; empty where none is due
 * @param flowTest what a span that ends at this step says of the flow; null where none does
 * @param gradientNoiseSquared E‖δ‖² of the gradient's rounding error δ; null where not measured
 * @param plane where θ_t is in the plane of the motion; null where there is no frame
 * @param gradientNanos time for loss and gradient
 * @param curvatureNanos time for curvature and predictions
 * @param gradient ∇L(w_t), 1×dimension; valid during the call that hands out this record
 */
public record StepRecord(
    long step,
    double loss,
    double weightNormSquared,
    double gradientNormSquared,
    double learningRate,
    double weightDecay,
    @Nullable Double gradientCosine,
    @Nullable Double directionalCurvature,
    List<SphericalSharpness> sharpness,
    @Nullable Scores scores,
    List<LayerRecord> layers,
    List<PredictedFlow> predictions,
    @Nullable DirectFlowTest flowTest,
    @Nullable Double gradientNoiseSquared,
    @Nullable PlanePosition plane,
    long gradientNanos,
    long curvatureNanos,
    Tensor gradient) {
  /** A step without norms of single layers, predictions, flow test, noise and plane. */
  public StepRecord(
      long step,
      double loss,
      double weightNormSquared,
      double gradientNormSquared,
      double learningRate,
      double weightDecay,
      @Nullable Double gradientCosine,
      @Nullable Double directionalCurvature,
      List<SphericalSharpness> sharpness,
      @Nullable Scores scores,
      long gradientNanos,
      long curvatureNanos,
      Tensor gradient) {
    this(
        step,
        loss,
        weightNormSquared,
        gradientNormSquared,
        learningRate,
        weightDecay,
        gradientCosine,
        directionalCurvature,
        sharpness,
        scores,
        List.of(),
        List.of(),
        null,
        null,
        null,
        gradientNanos,
        curvatureNanos,
        gradient);
  }
}
