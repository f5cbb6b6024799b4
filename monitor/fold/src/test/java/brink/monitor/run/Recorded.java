package brink.monitor.run;

import brink.v1.Sharpness;
import brink.v1.SharpnessPoint;
import brink.v1.StepObserved;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * First steps of runs that the trainer made, η = 0.2, λ_wd = 5e-3, float64. Columns: step, ‖w‖²,
 * ‖∇L‖², loss, gradient cosine, curvature along the move, λ₁, λ₂ and their residuals at the
 * midpoint.
 */
final class Recorded {
  private Recorded() {}

  /** {@code --problem vgg11-bn} with its defaults, 601 steps. */
  static List<StepObserved> vgg() {
    return read("vgg11-bn.csv.gz");
  }

  /**
   * {@code --problem mlp-bn --hidden 32,32} on 50 examples of a teacher with 20 features, seed 41,
   * sharpness at every second step; 1501 steps.
   */
  static List<StepObserved> perceptron() {
    return read("mlp-bn.csv.gz");
  }

  private static List<StepObserved> read(String name) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Objects.requireNonNull(
                        Recorded.class.getResourceAsStream("/recorded/" + name))),
                StandardCharsets.UTF_8))) {
      return reader.lines().map(line -> step(line.split(",", -1))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StepObserved step(String[] cells) {
    StepObserved.Builder step =
        StepObserved.newBuilder()
            .setRunId("run")
            .setStep(Long.parseLong(cells[0]))
            .setWeightNormSquared(Double.parseDouble(cells[1]))
            .setGradientNormSquared(Double.parseDouble(cells[2]))
            .setLoss(Double.parseDouble(cells[3]))
            .setLearningRate(0.2)
            .setWeightDecay(5e-3);
    if (!cells[4].isEmpty()) {
      step.setGradientCosine(Double.parseDouble(cells[4]));
    }
    if (!cells[5].isEmpty()) {
      step.setDirectionalCurvature(Double.parseDouble(cells[5]));
    }
    if (!cells[6].isEmpty()) {
      step.addSharpness(
          Sharpness.newBuilder()
              .setPoint(SharpnessPoint.SHARPNESS_POINT_MIDPOINT)
              .addEigenvalues(Double.parseDouble(cells[6]))
              .addEigenvalues(Double.parseDouble(cells[7]))
              .addResiduals(Double.parseDouble(cells[8]))
              .addResiduals(Double.parseDouble(cells[9])));
    }
    return step.build();
  }
}
