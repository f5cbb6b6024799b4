package brink.trainer.run;

import brink.trainer.descent.DescentRule;
import brink.trainer.descent.Problem;
import brink.trainer.landscape.Linearization;
import brink.trainer.request.RunOption;
import brink.trainer.request.RunOptions;
import brink.trainer.request.StepEffect;
import brink.trainer.request.Trajectory;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What a run's steps depend on to the bit, by the names that people know. How often it evaluates or
 * publishes, and how long it goes, may change between two lives of a run.
 */
final class TrajectorySettings {
  private static final String UPDATE = "--update";
  private static final String SPHERE = DescentRule.Sphere.class.getSimpleName();

  private TrajectorySettings() {}

  /** Linearizes the landscape at the start of the run. */
  static Map<String, String> of(RunPlan plan) {
    Trajectory trajectory = plan.trajectory();
    Problem problem = trajectory.problem();
    Map<String, String> settings = new LinkedHashMap<>();
    for (RunOption<?> option : RunOptions.ALL) {
      if (option.effect() instanceof StepEffect.Recorded(var value, _)) {
        settings.put(option.name(), value.apply(trajectory));
      }
    }
    settings.put(Trajectory.NETWORK, problem.network());
    settings.put(Trajectory.EXAMPLES, "" + problem.trainSize());
    settings.put("eigensolver", "" + trajectory.descent().sharpness());
    settings.put(Trajectory.PRECISION, problem.landscape().kernels().arithmetic());
    settings.put(Trajectory.DEVICE, problem.landscape().kernels().device());
    settings.put(Trajectory.CHECKSUM, checksum(problem));
    return settings;
  }

  /** Whether a run with one value of a setting may fork off a run with the other. */
  static boolean mayFork(String setting, String then, String now) {
    Optional<RunOption<?>> option = RunOptions.named(setting);
    boolean forks =
        option.isPresent()
            && option.get().effect() instanceof StepEffect.Recorded(_, boolean free)
            && free;
    // a rule is called after its momentum, too
    boolean sameSpace = setting.equals(UPDATE) && !then.equals(SPHERE) && !now.equals(SPHERE);
    return forks || sameSpace || then.equals(now);
  }

  /** A setting with the options that it follows from, where its name is none. */
  static String optionOf(String setting) {
    return switch (setting) {
      case Trajectory.NETWORK -> "--problem and its options, that is, a network of";
      case Trajectory.EXAMPLES -> "--train-size, that is, examples:";
      case Trajectory.PRECISION -> "--precision";
      case Trajectory.DEVICE -> "--device or --threads, that is,";
      case Trajectory.CHECKSUM -> "--data or a network's file of other contents, " + setting;
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
