package brink.trainer.cli;

import brink.trainer.descent.DescentSettings;
import brink.trainer.descent.Problem;
import brink.trainer.landscape.Linearization;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * What a run's steps depend on to the bit, by the names that people know. How often it evaluates or
 * publishes, and how long it goes, may change between two lives of a run.
 */
final class TrajectorySettings {
  /** What the run computes on. */
  static final String DEVICE = "device";

  private TrajectorySettings() {}

  /** Linearizes the landscape at the start of the run. */
  static Map<String, String> of(RunPlan plan) {
    Problem problem = plan.problem();
    DescentSettings descent = plan.descent();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("--problem", problem.name());
    settings.put("network", problem.network());
    settings.put("--data", problem.dataset());
    settings.put("training examples", "" + problem.trainSize());
    settings.put("--seed", "" + plan.description().seed());
    settings.put("--learning-rate", "" + descent.hyperparameters().learningRate());
    settings.put("--weight-decay", "" + descent.hyperparameters().weightDecay());
    settings.put("--learning-rate-schedule", "" + descent.schedule().learningRate());
    settings.put("--weight-decay-schedule", "" + descent.schedule().weightDecay());
    settings.put("--momentum", "" + descent.rule().momentumCoefficient());
    settings.put("--update", descent.rule().getClass().getSimpleName());
    settings.put("--curvature", "" + descent.curvature());
    settings.put("--curvature-every", "" + descent.curvatureEvery());
    settings.put("--direct-every", "" + descent.directCadence());
    settings.put("--layers-every", "" + descent.layersEvery());
    settings.put("eigensolver", "" + descent.sharpness());
    settings.put("precision", problem.landscape().kernels().arithmetic());
    settings.put(DEVICE, problem.landscape().kernels().device());
    settings.put("checksum of data and initial weights", checksum(problem));
    return settings;
  }

  /** A setting with the options that it follows from, where its name is none. */
  static String optionOf(String setting) {
    return switch (setting) {
      case "network" -> "--problem and its options, that is, a network of";
      case "training examples" -> "--train-size, that is, examples:";
      case "precision" -> "--precision";
      case "device" -> "--device or --threads, that is,";
      case "checksum of data and initial weights" ->
          "--data or a network's file of other contents, " + setting;
      default -> setting;
    };
  }

  private static String checksum(Problem problem) {
    Linearization start = problem.landscape().linearize(problem.initialWeights());
    CRC32C crc = new CRC32C();
    update(crc, start.loss());
    update(crc, problem.initialWeights().get());
    update(crc, start.gradient().get());
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }

  private static void update(CRC32C crc, double... values) {
    for (double value : values) {
      crc.update(ByteBuffer.allocate(Double.BYTES).putDouble(value).flip());
    }
  }
}
