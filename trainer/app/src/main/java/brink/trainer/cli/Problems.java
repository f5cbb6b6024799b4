package brink.trainer.cli;

import brink.trainer.descent.Problem;
import brink.trainer.kernels.Kernels;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** From options to a run that is ready to start. */
public final class Problems {
  private Problems() {}

  /**
   * Reads the data, builds the problem and plans the run, a new one or one that goes on.
   *
   * @param request what a command asks for
   * @param kernels where the problem lives; the caller's to close, after the run
   * @param random makes up the run's id
   * @throws brink.trainer.data.DataException if the data cannot be used
   * @throws OptionException if the options do not fit the problem, or the checkpoint
   */
  public static RunPlan plan(
      Resumption request, Kernels kernels, Clock clock, RandomGenerator random) {
    return newRun(request.options(), kernels, clock, random).with(request.checkpointing());
  }

  /** The same for options that were not read yet. */
  public static RunPlan plan(
      TrainOptions given, Kernels kernels, Clock clock, RandomGenerator random) {
    return plan(Resumption.of(given), kernels, clock, random);
  }

  private static RunPlan newRun(
      TrainOptions options, Kernels kernels, Clock clock, RandomGenerator random) {
    ProblemKind kind = kind(options.problem);
    ProblemOptions.requireApplicable(options, kind.options());
    ProblemKind.Defaults defaults = kind.defaults();
    String data = options.data != null ? options.data : defaults.data();
    Problem problem = kind.build(kernels, data, options);
    try {
      return RunPlan.of(options, defaults, problem, data, clock, random);
    } catch (ArithmeticException undefined) {
      throw new OptionException(
          "the loss is undefined at the initial weights: " + undefined.getMessage(), undefined);
    }
  }

  static ProblemKind kind(ProblemName problem) {
    return switch (problem.text()) {
      case "bn-linear" -> new BnLinearKind();
      case "matrix-completion-bn" -> new MatrixCompletionKind();
      case "mlp-bn" -> NetworkKind.mlpBn();
      case "mlp-ln" -> NetworkKind.mlpLn();
      case "vgg11-bn" -> NetworkKind.vgg11Bn();
      case "resnet20-bn" -> NetworkKind.resnet20Bn();
      case "dl4j" -> new Dl4jKind(Path.of(Objects.requireNonNull(problem.file())));
      case "network" -> NetworkKind.file(Path.of(Objects.requireNonNull(problem.file())));
      default -> throw new OptionException("no problem has the name " + problem);
    };
  }
}
