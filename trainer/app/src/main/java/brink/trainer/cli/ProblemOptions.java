package brink.trainer.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Options that only some problems have. Where they would change nothing they are refused: a user
 * who gives one means an ablation, and would take the run for it.
 */
final class ProblemOptions {
  /** Those of all networks that Brink builds. */
  static final Set<String> OF_NETWORKS =
      Set.of(
          "--activation",
          "--normalization",
          "--groups",
          "--epsilon",
          "--loss",
          "--label-smoothing");

  private ProblemOptions() {}

  /**
   * Refuses what a problem has not.
   *
   * @param applicable names of the options that the problem has
   * @throws OptionException naming the first one that is not among them
   */
  static void requireApplicable(TrainOptions options, Set<String> applicable) {
    given(options)
        .forEach(
            (name, value) -> {
              if (value != null && !applicable.contains(name)) {
                throw new OptionException(
                    "%s does not apply to --problem %s".formatted(name, options.problem));
              }
            });
  }

  private static Map<String, @Nullable Object> given(TrainOptions options) {
    NetworkOptions network = options.network;
    Map<String, @Nullable Object> given = new LinkedHashMap<>();
    given.put("--hidden", network.hidden);
    given.put("--width", network.width);
    given.put("--activation", network.activation);
    given.put("--normalization", network.normalization);
    given.put("--groups", network.groups);
    given.put("--epsilon", network.epsilon);
    given.put("--loss", network.loss);
    given.put("--label-smoothing", network.labelSmoothing);
    given.put("--rank", options.rank);
    given.put("--dl4j-train", options.dl4jTrain);
    return given;
  }
}
