package brink.trainer.descent;

import brink.trainer.curvature.SharpnessSettings;

/**
 * How long a run goes and what it measures. Every cadence is in steps; 0 is never.
 *
 * @param hyperparameters of the update
 * @param steps number of updates
 * @param curvature where sharpness is measured
 * @param curvatureEvery cadence of sharpness; at the iterates, of pairs of adjacent steps
 * @param logSharpnessGradientEvery cadence of G², among the steps that measure sharpness
 * @param evaluateEvery cadence of evaluation on whole data sets
 * @param sharpness of the eigensolver
 */
public record DescentSettings(
    Hyperparameters hyperparameters,
    long steps,
    CurvaturePoints curvature,
    int curvatureEvery,
    int logSharpnessGradientEvery,
    int evaluateEvery,
    SharpnessSettings sharpness) {
  public DescentSettings {
    if (steps < 0 || curvatureEvery < 0 || logSharpnessGradientEvery < 0 || evaluateEvery < 0) {
      throw new IllegalArgumentException("steps and cadences must not be negative");
    }
  }

  /** Sharpness at the midpoint at every step, and nothing else. */
  public static DescentSettings of(Hyperparameters hyperparameters, long steps) {
    return new DescentSettings(
        hyperparameters, steps, CurvaturePoints.MIDPOINT, 1, 0, 0, SharpnessSettings.DEFAULT);
  }

  /** The same with sharpness elsewhere. */
  public DescentSettings withCurvature(CurvaturePoints points, int every) {
    return new DescentSettings(
        hyperparameters, steps, points, every, logSharpnessGradientEvery, evaluateEvery, sharpness);
  }

  /** The same with another cadence of G². */
  public DescentSettings withLogSharpnessGradientEvery(int every) {
    return new DescentSettings(
        hyperparameters, steps, curvature, curvatureEvery, every, evaluateEvery, sharpness);
  }

  /** The same with another cadence of evaluation. */
  public DescentSettings withEvaluateEvery(int every) {
    return new DescentSettings(
        hyperparameters,
        steps,
        curvature,
        curvatureEvery,
        logSharpnessGradientEvery,
        every,
        sharpness);
  }

  /** The same with another eigensolver. */
  public DescentSettings withSharpness(SharpnessSettings settings) {
    return new DescentSettings(
        hyperparameters,
        steps,
        curvature,
        curvatureEvery,
        logSharpnessGradientEvery,
        evaluateEvery,
        settings);
  }

  static boolean due(long step, int every) {
    return every > 0 && step % every == 0;
  }

  /** Due at two adjacent steps: single ones at an even cadence would see one phase of two only. */
  static boolean pairDue(long step, int every) {
    return every > 0 && step % every < 2;
  }
}
