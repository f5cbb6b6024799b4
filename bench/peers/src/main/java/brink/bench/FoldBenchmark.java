package brink.bench;

import brink.bench.rows.BnLinearRun;
import brink.monitor.run.Outcome;
import brink.monitor.run.RunFold;
import brink.monitor.run.RunState;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What one step costs the monitor: regime detection and flow fit, without Kafka. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FoldBenchmark {
  private final BnLinearRun run = BnLinearRun.record();
  private final RunFold fold = new RunFold();
  private RunState state = fold.start(run.started());
  private int next;

  /** Folds the run's next step; begins anew after the last. */
  @Benchmark
  public Outcome foldStep() {
    if (next == run.steps().size()) {
      next = 0;
      state = fold.start(run.started());
    }
    Outcome outcome = fold.step(state, run.steps().get(next++));
    state = outcome.state();
    return outcome;
  }
}
