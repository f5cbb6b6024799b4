package brink.trainer.cli;

import brink.cli.KafkaOptions;
import brink.cli.Version;
import brink.schemas.KafkaSettings;
import brink.schemas.PublishException;
import brink.trainer.kernels.Kernels;
import brink.trainer.publish.Outage;
import brink.trainer.run.PreparedRun;
import brink.trainer.run.RunPlan;
import brink.trainer.run.RunPlanner;
import brink.trainer.run.TrainRun;
import brink.v1.RunStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code brink train}: trains and publishes to any Kafka. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Trains a normalized network by full-batch gradient descent with weight decay and"
            + " publishes every step to Kafka.")
public final class TrainCommand implements Callable<Integer> {
  private final RunEpilogue epilogue;

  @Mixin private KafkaOptions kafka = new KafkaOptions();

  private final TrainOptions options = new TrainOptions();

  @Mixin
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private CommandSpec runOptions = options.spec();

  @Option(
      names = "--rate",
      paramLabel = "STEPS/S",
      converter = Rate.class,
      defaultValue = "max",
      description = "steps per second, or max (default: ${DEFAULT-VALUE})")
  private double rate;

  @Mixin private TopicOptions topics = new TopicOptions();

  @Mixin private OutageLimitOption outage = new OutageLimitOption();

  /** A trainer that knows of no verdicts. */
  public TrainCommand() {
    this(RunEpilogue.NONE);
  }

  /**
   * A trainer.
   *
   * @param epilogue what is said of a run that is over
   */
  public TrainCommand(RunEpilogue epilogue) {
    this.epilogue = epilogue;
  }

  @Override
  public Integer call() {
    topics.check();
    PreparedRun prepared = options.prepare(TrainCommand::note);
    try (Kernels kernels = prepared.request().device().open(TrainCommand::note)) {
      Clock clock = Clock.systemUTC();
      RunPlan plan = RunPlanner.of(clock, RandomGenerator.getDefault()).plan(prepared, kernels);
      KafkaSettings settings = kafka.settings();
      Duration limit = outage.limit(settings);
      StopSignal stop = new StopSignal().raisedAtShutdown(Duration.ofSeconds(40));
      try {
        new Outage(limit, stop, TrainCommand::note, System::nanoTime)
            .outlast(settings.bootstrapServers(), () -> prepare(settings, prepared));
        TrainRun run = new TrainRun(plan, settings, rate, limit, Version.current(), clock);
        int code = train(run, plan, stop);
        tellOutcome(settings, plan.description().runId(), stop);
        return code;
      } finally {
        stop.done();
      }
    }
  }

  private void tellOutcome(KafkaSettings settings, String runId, StopSignal stop) {
    String outcome = epilogue.of(settings, runId, stop.getAsBoolean());
    if (!outcome.isEmpty()) {
      System.err.println("brink: run " + runId + " " + outcome);
    }
  }

  private void prepare(KafkaSettings settings, PreparedRun prepared) {
    topics.ensure(settings);
    prepared.requireFreshRunId(settings);
  }

  private static void note(String text) {
    System.err.println("brink: " + text);
  }

  private static int train(TrainRun run, RunPlan plan, StopSignal stop) {
    String runId = plan.description().runId();
    System.err.printf("brink: run %s: %s%n", runId, plan.description().problem().network());
    if (plan.problem().data() != null) {
      System.err.printf("brink: run %s: data: %s%n", runId, plan.problem().data().line());
    }
    RunStatus status;
    try (ProgressDisplay display = new ProgressDisplay(runId, plan, ProgressDisplay.onTerminal())) {
      status = run.execute(display, stop);
    } catch (PublishException e) {
      if (!stop.getAsBoolean()) {
        throw e;
      }
      // the process ends as soon as the run has: nobody would be left to say it
      note(String.valueOf(e.getMessage()));
      return 1;
    }
    System.err.printf(
        "brink: run %s: %s%n",
        runId, status.name().replace("RUN_STATUS_", "").toLowerCase(Locale.ROOT));
    return status == RunStatus.RUN_STATUS_FAILED ? 1 : 0;
  }
}
