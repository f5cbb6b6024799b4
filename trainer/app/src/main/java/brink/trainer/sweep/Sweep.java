package brink.trainer.sweep;

import brink.schemas.KafkaSettings;
import brink.trainer.checkpoint.CheckpointException;
import brink.trainer.kernels.Kernels;
import brink.trainer.publish.AbandonedRun;
import brink.trainer.publish.PublishedRuns;
import brink.trainer.request.OptionException;
import brink.trainer.request.RunRequest;
import brink.trainer.run.PreparedRun;
import brink.trainer.run.Resumption;
import brink.trainer.run.RunPlan;
import brink.trainer.run.RunPlanner;
import brink.trainer.run.TrainRun;
import brink.trainer.sweep.FinishedRun.Ending;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Trains the runs of a sweep, several at once. What has come to its end in Kafka is not run again;
 * what was interrupted goes on from its checkpoint, or begins anew where there is none. A run that
 * diverges or fails stops no other.
 */
public final class Sweep {
  private final SweepPlan plan;
  private final RunPlanner planner;
  private final ThreadShare share;
  private final KafkaSettings kafka;
  private final Duration outageLimit;
  private final String version;
  private final Clock clock;

  /**
   * A sweep.
   *
   * @param planner whose data reader all runs share
   * @param outageLimit how long each run waits for a Kafka that takes nothing
   * @param version of the program, for the record
   */
  public Sweep(
      SweepPlan plan,
      RunPlanner planner,
      ThreadShare share,
      KafkaSettings kafka,
      Duration outageLimit,
      String version,
      Clock clock) {
    this.plan = plan;
    this.planner = planner;
    this.share = share;
    this.kafka = kafka;
    this.outageLimit = outageLimit;
    this.version = version;
    this.clock = clock;
  }

  /**
   * Trains whatever is left to do.
   *
   * @param published what Kafka holds of its runs by now
   * @param stop whether the sweep is asked to stop: runs then end, and no more are started
   * @return all runs, in the order of the plan
   */
  public List<FinishedRun> run(
      PublishedRuns published, SweepProgress progress, BooleanSupplier stop) {
    List<Future<FinishedRun>> futures = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            share.parallel(), Thread.ofPlatform().name("brink-sweep-", 1).factory())) {
      for (SweptRun run : plan.runs()) {
        futures.add(threads.submit(() -> finish(run, published, progress, stop)));
      }
    }
    List<FinishedRun> finished = new ArrayList<>();
    for (int i = 0; i < futures.size(); i++) {
      finished.add(result(plan.runs().get(i), futures.get(i), progress));
    }
    return finished;
  }

  /** An error, of memory for example, ends the run that met it. */
  private static FinishedRun result(
      SweptRun run, Future<FinishedRun> future, SweepProgress progress) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      FinishedRun failed =
          FinishedRun.failed(run, null, Objects.requireNonNullElse(e.getCause(), e));
      progress.end(failed);
      return failed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FinishedRun.notStarted(run);
    }
  }

  private FinishedRun finish(
      SweptRun run, PublishedRuns published, SweepProgress progress, BooleanSupplier stop) {
    NextLife life = NextLife.of(run, plan.group(), published);
    if (life instanceof NextLife.Over(var runId, var status)) {
      FinishedRun over = new FinishedRun(run, runId, Ending.of(status), true, "");
      progress.end(over);
      return over;
    }
    if (stop.getAsBoolean()) {
      return FinishedRun.notStarted(run);
    }
    FinishedRun finished;
    try {
      finished = train(run, life, published, progress, stop);
    } catch (RuntimeException e) {
      finished = FinishedRun.failed(run, life.runId(), e);
    }
    progress.end(finished);
    return finished;
  }

  private FinishedRun train(
      SweptRun run,
      NextLife life,
      PublishedRuns published,
      SweepProgress progress,
      BooleanSupplier stop) {
    return switch (life) {
      case NextLife.Over over -> throw new IllegalArgumentException(over + " is over");
      case NextLife.Anew anew -> begin(run, anew, progress, stop);
      case NextLife.Resumed resumed -> {
        FinishedRun finished = resume(run, resumed, progress, stop);
        yield finished != null
            ? finished
            : begin(
                run,
                NextLife.anew(
                    run, plan.group(), published, published.run(resumed.runId()).orElseThrow()),
                progress,
                stop);
      }
    };
  }

  private FinishedRun begin(
      SweptRun run, NextLife.Anew anew, SweepProgress progress, BooleanSupplier stop) {
    if (anew.abandoned() != null) {
      String reason = "interrupted; its sweep runs it anew as " + anew.runId();
      AbandonedRun.end(kafka, anew.abandoned(), reason, clock);
    }
    Integer threads = run.request().device().threads();
    RunRequest request =
        run.request().toBuilder()
            .runId(anew.runId())
            .checkpointFolder(NextLife.folder(run, anew.runId()))
            .threads(threads == null ? share.threads() : threads)
            .build();
    try (Kernels kernels = request.device().open(progress::note)) {
      RunPlan planned = planner.plan(PreparedRun.of(request), kernels);
      return execute(run, planned, progress, stop);
    }
  }

  /** Null, with a note, where its checkpoints cannot be read or are not of this run. */
  private @Nullable FinishedRun resume(
      SweptRun run, NextLife.Resumed life, SweepProgress progress, BooleanSupplier stop) {
    Resumption resumption;
    try {
      resumption = Resumption.from(life.folder(), progress::note);
    } catch (CheckpointException | OptionException e) {
      return beginsAnew(life, e, progress);
    }
    PreparedRun prepared = PreparedRun.of(resumption.request().build(), resumption);
    try (Kernels kernels = prepared.request().device().open(progress::note)) {
      RunPlan planned;
      try {
        planned = planner.plan(prepared, kernels);
      } catch (OptionException e) {
        return beginsAnew(life, e, progress);
      }
      return execute(run, planned, progress, stop);
    }
  }

  private static @Nullable FinishedRun beginsAnew(
      NextLife.Resumed life, RuntimeException why, SweepProgress progress) {
    progress.note("%s; run %s begins anew".formatted(why.getMessage(), life.runId()));
    return null;
  }

  private FinishedRun execute(
      SweptRun run, RunPlan planned, SweepProgress progress, BooleanSupplier stop) {
    TrainRun training = new TrainRun(planned, kafka, TrainRun.UNPACED, outageLimit, version, clock);
    Ending ending = Ending.of(training.execute(progress.begin(run, planned), stop));
    return new FinishedRun(run, planned.description().runId(), ending, false, "");
  }
}
