package brink.trainer.cli;

import brink.trainer.request.OptionException;
import brink.trainer.request.RunOptions;
import brink.trainer.request.RunRequest;
import brink.trainer.request.RunRequestBuilder;
import brink.trainer.run.PreparedRun;
import brink.trainer.run.Resumption;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of a run on the command line, as {@link RunOptions} declares them, and what a command
 * was given of them.
 */
public final class TrainOptions {
  private final CommandSpec spec = CommandSpec.create();
  private final RunOptionSpecs options =
      new RunOptionSpecs(
          spec,
          Set.of(),
          (option, text) -> {
            var _ = option.form().reader().apply(text);
          });
  private final OptionSpec resume =
      OptionSpec.builder("--resume")
          .paramLabel("FILE|DIR")
          .type(Path.class)
          .description(
              "go on from a checkpoint, or the newest of a folder, with its options: the same run,"
                  + " bit for bit")
          .build();
  private final OptionSpec fork =
      OptionSpec.builder("--fork")
          .type(boolean.class)
          .description(
              "with --resume: a new run instead, which begins where that one was and may have"
                  + " another learning rate, weight decay, momentum, number of steps and"
                  + " measurements")
          .build();

  /** Options that nobody has given yet. */
  public TrainOptions() {
    spec.addOption(resume);
    spec.addOption(fork);
  }

  /** What a command has as a mixin. */
  public CommandSpec spec() {
    return spec;
  }

  /**
   * The run that was asked for: a new one, one that goes on, or a fork of one, with the options
   * given over those of its checkpoint.
   *
   * @param notes told of damaged checkpoints that are passed over
   * @throws brink.trainer.request.OptionException if that makes no sense
   * @throws brink.trainer.checkpoint.CheckpointException if its checkpoint cannot be used
   */
  public PreparedRun prepare(Consumer<String> notes) {
    Path from = resume.getValue();
    boolean forks = Boolean.TRUE.equals(fork.getValue());
    if (from == null) {
      if (forks) {
        throw new OptionException(
            "--fork needs a run to fork off; give its checkpoint, or the folder of them, with"
                + " --resume");
      }
      return PreparedRun.of(request());
    }
    Resumption resumption = Resumption.from(from, notes);
    if (forks) {
      RunRequestBuilder request = resumption.fork();
      giveTo(request);
      return PreparedRun.fork(request.build(), resumption);
    }
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
    options.given().forEach((option, written) -> option.set(request, written));
  }
}
