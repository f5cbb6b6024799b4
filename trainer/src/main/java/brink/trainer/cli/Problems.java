package brink.trainer.cli;

import brink.trainer.descent.Problem;
import brink.trainer.kernels.Kernels;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** From options to a run that is ready to start. */
public final class Problems {
  private Problems() {}

  /**
   * Reads the data, builds the problem and plans the run.
   *
   * @param kernels where the problem lives; the caller's to close, after the run
   * @param random makes up the run's id
   * @throws brink.trainer.data.DataException if the data cannot be used
   * @throws OptionException if the options do not fit the problem
   */
  public static RunPlan plan(
      TrainOptions options, Kernels kernels, Clock clock, RandomGenerator random) {
    ProblemKind kind =
        switch (options.problem) {
          case BN_LINEAR -> new BnLinearKind();
          case MATRIX_COMPLETION_BN -> new MatrixCompletionKind();
          case MLP_BN -> new MlpBnKind();
        };
    ProblemKind.Defaults defaults = kind.defaults();
    String data = options.data != null ? options.data : defaults.data();
    Problem problem = kind.build(kernels, data, options);
    return RunPlan.of(options, defaults, problem, data, clock, random);
  }
}
