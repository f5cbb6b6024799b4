package brink.trainer.cli;

import brink.trainer.request.PublishingOptions;
import brink.trainer.request.RunOption;
import brink.trainer.request.RunOptions;
import brink.trainer.sweep.Arm;
import brink.trainer.sweep.StudyFile;
import brink.trainer.sweep.SweepPlan;
import brink.trainer.sweep.SweptValues;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of a run, as {@link RunOptions} declares them, of which the numeric ones take lists
 * and ranges; and a file of them.
 */
final class SweepOptions {
  private final CommandSpec spec = CommandSpec.create();
  private final RunOptionSpecs options =
      new RunOptionSpecs(spec, Set.of(PublishingOptions.RUN_ID), SweepOptions::check);
  private final OptionSpec study =
      OptionSpec.builder("--study")
          .paramLabel("FILE")
          .type(Path.class)
          .description(
              "arms, settings and seeds from a YAML file, see docs/sweeps.md; options that are"
                  + " given beside it take the place of the file's in every arm")
          .build();

  SweepOptions() {
    spec.addOption(study);
  }

  /** What a command has as a mixin. */
  CommandSpec spec() {
    return spec;
  }

  /**
   * The runs that were asked for.
   *
   * @throws brink.trainer.request.OptionException if that makes no sense
   */
  SweepPlan plan() {
    SequencedMap<RunOption<?>, List<String>> given = new LinkedHashMap<>();
    options.given().forEach((option, written) -> given.put(option, values(option, written)));
    @Nullable Path file = study.getValue();
    return SweepPlan.of(
        file == null
            ? List.of(new Arm("", given))
            : StudyFile.read(file).stream().map(arm -> arm.with(given)).toList());
  }

  private static List<String> values(RunOption<?> option, List<String> written) {
    return option.form().isNumeric() ? SweptValues.of(option, written.getLast()) : written;
  }

  private static void check(RunOption<?> option, String text) {
    if (option.form().isNumeric()) {
      var _ = SweptValues.of(option, text);
    } else {
      var _ = option.form().reader().apply(text);
    }
  }
}
