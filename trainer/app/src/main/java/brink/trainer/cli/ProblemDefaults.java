package brink.trainer.cli;

import brink.trainer.problem.ProblemKind;
import brink.trainer.request.ProblemName;
import java.util.Locale;
import java.util.stream.Stream;

/** How each problem is run unless told otherwise, for the help of the commands that train. */
public final class ProblemDefaults {
  private ProblemDefaults() {}

  /** Lines below the options: for each problem the options that say what its defaults are. */
  public static String[] lines() {
    return Stream.concat(
            Stream.of("%nDefaults by problem:"),
            ProblemName.all().flatMap(problem -> lines(problem, ProblemKind.of(problem))))
        .toArray(String[]::new);
  }

  private static Stream<String> lines(ProblemName problem, ProblemKind kind) {
    ProblemKind.Defaults defaults = kind.defaults();
    String own = kind.ownDefaults().isEmpty() ? "" : " " + kind.ownDefaults();
    return Stream.of(
        "  " + problem + own,
        "    --lr %s --wd %s --steps %d"
            .formatted(defaults.learningRate(), defaults.weightDecay(), defaults.steps()),
        "    --curvature %s --direct-every %s"
            .formatted(defaults.curvature().toString().toLowerCase(Locale.ROOT), defaults.direct()),
        "    --data " + defaults.data().replace("%", "%%"));
  }
}
