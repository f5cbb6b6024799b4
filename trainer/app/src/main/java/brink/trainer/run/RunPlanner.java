package brink.trainer.run;

import brink.trainer.descent.Problem;
import brink.trainer.kernels.Kernels;
import brink.trainer.problem.DataReader;
import brink.trainer.problem.ProblemInput;
import brink.trainer.problem.ProblemKind;
import brink.trainer.request.OptionException;
import brink.trainer.request.RunOptions;
import brink.trainer.request.RunRequest;
import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * From requests to runs that are ready to start.
 *
 * @param clock with {@code random}, makes up the ids of runs that have none
 * @param random likewise
 * @param data reads examples
 */
public record RunPlanner(Clock clock, RandomGenerator random, DataReader data) {
  /** A planner that reads the data of each run anew. */
  public static RunPlanner of(Clock clock, RandomGenerator random) {
    return new RunPlanner(clock, random, DataReader.ANEW);
  }

  /**
   * Refuses what can be seen to make no sense before data are read and networks built.
   *
   * @throws OptionException naming the option
   */
  public static void check(RunRequest request) {
    ProblemKind kind = ProblemKind.of(request.problem().name());
    RunOptions.requireApplicable(request, kind.options());
    var _ = PlannedDescent.of(request, kind.defaults());
  }

  /**
   * Plans a new run.
   *
   * @throws OptionException if the request makes no sense, or its data cannot be used
   */
  public RunPlan plan(RunRequest request, Kernels kernels) {
    return plan(PreparedRun.of(request), kernels);
  }

  /**
   * Reads the data, builds the problem and plans the run, a new one or one that goes on.
   *
   * @param kernels where the problem lives; the caller's to close, after the run
   * @throws OptionException if the request makes no sense, its data cannot be used, or the run
   *     cannot go on from its checkpoint
   */
  public RunPlan plan(PreparedRun run, Kernels kernels) {
    return newRun(run.request(), kernels).with(run.checkpointing());
  }

  private RunPlan newRun(RunRequest request, Kernels kernels) {
    ProblemKind kind = ProblemKind.of(request.problem().name());
    RunOptions.requireApplicable(request, kind.options());
    ProblemKind.Defaults defaults = kind.defaults();
    Problem problem = kind.build(kernels, ProblemInput.of(request, defaults, data));
    try {
      return RunPlan.of(request, defaults, problem, clock, random);
    } catch (ArithmeticException undefined) {
      throw new OptionException(
          "the loss is undefined at the initial weights: " + undefined.getMessage(), undefined);
    }
  }
}
