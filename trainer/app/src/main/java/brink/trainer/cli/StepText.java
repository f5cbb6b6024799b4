package brink.trainer.cli;

import brink.trainer.curvature.SphereGeometry;
import brink.trainer.descent.StepRecord;
import java.util.Locale;

/** A step in a few words, for progress. */
final class StepText {
  private StepText() {}

  /** For example {@code loss 0.1234 s 0.987}; without s where λ₁ was not measured. */
  static String of(StepRecord step, double momentum) {
    String text = String.format(Locale.ROOT, "loss %.4g", step.loss());
    if (step.sharpness().isEmpty()) {
      return text;
    }
    double ratio =
        SphereGeometry.stabilityRatio(
            SphereGeometry.effectiveLearningRate(
                step.learningRate(), step.weightDecay(), step.weightNormSquared()),
            step.sharpness().getLast().largest());
    return text + String.format(Locale.ROOT, "  s %.3f", ratio / (1 + momentum));
  }
}
