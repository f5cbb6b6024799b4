package brink.trainer.cli;

import brink.trainer.request.OptionText;
import brink.trainer.request.RunOption;
import brink.trainer.request.RunOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** The options of runs as picocli has them, and what a command was given of them, as written. */
final class RunOptionSpecs {
  private final Map<RunOption<?>, OptionSpec> options = new LinkedHashMap<>();

  /** Refuses texts that are no values of an option. */
  interface Check {
    /**
     * Checks one.
     *
     * @throws IllegalArgumentException saying what is expected, and what was found
     */
    void check(RunOption<?> option, String text);
  }

  /**
   * All options of {@link RunOptions}.
   *
   * @param spec gets them
   * @param without those that it does not get
   */
  RunOptionSpecs(CommandSpec spec, Set<RunOption<?>> without, Check check) {
    for (RunOption<?> option : RunOptions.ALL) {
      if (!without.contains(option)) {
        OptionSpec made = made(option, check);
        options.put(option, made);
        spec.addOption(made);
      }
    }
  }

  /** The options that were given, with their texts, so that they are read in one place. */
  SequencedMap<RunOption<?>, List<String>> given() {
    SequencedMap<RunOption<?>, List<String>> given = new LinkedHashMap<>();
    options.forEach(
        (option, made) -> {
          if (made.command().commandLine().getParseResult().hasMatchedOption(made)) {
            given.put(option, made.originalStringValues());
          }
        });
    return given;
  }

  private static OptionSpec made(RunOption<?> option, Check check) {
    OptionText text = option.text();
    boolean repeatable = option.access().repeatable();
    OptionSpec.Builder made =
        OptionSpec.builder(text.names().toArray(String[]::new))
            .paramLabel(text.label())
            .arity("1")
            .type(repeatable ? List.class : String.class)
            .auxiliaryTypes(String.class)
            .converters(written -> checked(option, written, check))
            .completionCandidates(option.form().choices())
            .description(text.help());
    @Nullable String otherwise = RunOptions.defaultOf(option).stream().findFirst().orElse(null);
    if (otherwise != null && !repeatable) {
      made.defaultValue(otherwise);
    }
    return made.build();
  }

  private static String checked(RunOption<?> option, String written, Check check) {
    try {
      check.check(option, written);
      return written;
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
