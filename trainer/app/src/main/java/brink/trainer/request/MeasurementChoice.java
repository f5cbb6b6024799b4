package brink.trainer.request;

import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.DirectCadence;
import org.jspecify.annotations.Nullable;

/**
 * What is measured beside training. Every cadence is in steps; 0 is never.
 *
 * @param curvature where sharpness is measured; null for the problem's default
 * @param curvatureEvery cadence of sharpness
 * @param directEvery cadence of the direct measurement of the gradient of log-sharpness; null for
 *     the problem's default
 * @param evaluateEvery cadence of evaluation on whole data sets
 * @param layersEvery cadence of norms and sharpness of single layers
 * @param planeEvery length of the frames of the plane that the motion is followed in
 * @param predictions of flows
 */
public record MeasurementChoice(
    @Nullable CurvaturePoints curvature,
    int curvatureEvery,
    @Nullable DirectCadence directEvery,
    int evaluateEvery,
    int layersEvery,
    int planeEvery,
    PredictionChoice predictions) {}
