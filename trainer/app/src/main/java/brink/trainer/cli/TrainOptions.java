package brink.trainer.cli;

import brink.trainer.request.OptionText;
import brink.trainer.request.RunOption;
import brink.trainer.request.RunOptions;
import brink.trainer.request.RunRequest;
import brink.trainer.request.RunRequestBuilder;
import brink.trainer.run.PreparedRun;
import brink.trainer.run.Resumption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * The options of a run on the command line, as {@link RunOptions} declares them, and what a command
 * was given of them.
 */
public final class TrainOptions {
  private final CommandSpec spec = CommandSpec.create();
  private final Map<RunOption<?>, OptionSpec> options = new LinkedHashMap<>();
  private final OptionSpec resume =
      OptionSpec.builder("--resume")
          .paramLabel("FILE|DIR")
          .type(Path.class)
          .description(
              "go on from a checkpoint, or the newest of a folder, with its options: the same run,"
                  + " bit for bit")
          .build();

  /** Options that nobody has given yet. */
  public TrainOptions() {
    for (RunOption<?> option : RunOptions.ALL) {
      OptionSpec made = made(option);
      options.put(option, made);
      spec.addOption(made);
    }
    spec.addOption(resume);
  }

  /** What a command has as a mixin. */
  public CommandSpec spec() {
    return spec;
  }

  /**
   * The run that was asked for: a new one, or one that goes on with the options given over those of
   * its checkpoint.
   *
   * @param notes told of damaged checkpoints that are passed over
   * @throws brink.trainer.request.OptionException if that makes no sense
   * @throws brink.trainer.checkpoint.CheckpointException if its checkpoint cannot be used
   */
  public PreparedRun prepare(Consumer<String> notes) {
    Path from = resume.getValue();
    if (from == null) {
      return PreparedRun.of(request());
    }
    Resumption resumption = Resumption.from(from, notes);
    RunRequestBuilder request = resumption.request();
    giveTo(request);
    return PreparedRun.of(request.build(), resumption);
  }

  /** What was asked of a new run. */
  RunRequest request() {
    RunRequestBuilder request = RunRequest.builder();
    giveTo(request);
    return request.build();
  }

  private void giveTo(RunRequestBuilder request) {
    options.forEach(
        (option, made) -> {
          List<String> given = given(made);
          if (!given.isEmpty()) {
            option.set(request, given);
          }
        });
  }

  /** As it was written, so that it is read in one place. */
  private static List<String> given(OptionSpec option) {
    return option.command().commandLine().getParseResult().hasMatchedOption(option)
        ? option.originalStringValues()
        : List.of();
  }

  private static OptionSpec made(RunOption<?> option) {
    OptionText text = option.text();
    boolean repeatable = option.access().repeatable();
    OptionSpec.Builder made =
        OptionSpec.builder(text.names().toArray(String[]::new))
            .paramLabel(text.label())
            .arity("1")
            .type(repeatable ? List.class : String.class)
            .auxiliaryTypes(String.class)
            .converters(checkedBy(option))
            .completionCandidates(option.form().choices())
            .description(text.help());
    @Nullable String otherwise = RunOptions.defaultOf(option).stream().findFirst().orElse(null);
    if (otherwise != null && !repeatable) {
      made.defaultValue(otherwise);
    }
    return made.build();
  }

  private static <T> ITypeConverter<String> checkedBy(RunOption<T> option) {
    return text -> {
      try {
        var _ = option.form().reader().apply(text);
        return text;
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }
}
