package brink.trainer.cli;

import brink.schemas.KafkaSettings;
import brink.schemas.Topic;
import brink.schemas.TopicCreation;
import brink.schemas.cli.KafkaOptions;
import brink.trainer.kernels.Kernels;
import brink.trainer.publish.PublishException;
import brink.v1.RunStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Mixin private TrainOptions options = new TrainOptions();

  @Option(
      names = "--rate",
      paramLabel = "STEPS/S",
      converter = Rate.class,
      defaultValue = "max",
      description = "steps per second, or max (default: ${DEFAULT-VALUE})")
  private double rate;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "partitions of topics that do not exist yet (default: ${DEFAULT-VALUE})")
  private int partitions = Topic.DEFAULT_PARTITIONS;

  @Override
  public Integer call() {
    if (partitions < 1) {
      throw new OptionException("--partitions must be 1 or more, found " + partitions);
    }
    Resumption request = Resumption.of(options);
    try (Kernels kernels = request.options().device.open()) {
      Clock clock = Clock.systemUTC();
      RunPlan plan = Problems.plan(request, kernels, clock, RandomGenerator.getDefault());
      KafkaSettings settings = kafka.settings();
      TopicCreation.ensure(settings, partitions, Topic.BROKER_REPLICATION);
      options.requireFreshRunId(settings);
      StopSignal stop = new StopSignal().raisedAtShutdown(Duration.ofSeconds(40));
      try {
        return train(new TrainRun(plan, settings, rate, Version.current(), clock), plan, stop);
      } finally {
        stop.done();
      }
    }
  }

  private static int train(TrainRun run, RunPlan plan, StopSignal stop) {
    String runId = plan.description().runId();
    System.err.printf("brink: run %s: %s%n", runId, plan.description().network());
    RunStatus status;
    try (ProgressDisplay display = new ProgressDisplay(runId, plan, ProgressDisplay.onTerminal())) {
      status = run.execute(display, stop);
    } catch (PublishException e) {
      if (!stop.getAsBoolean()) {
        throw e;
      }
      // the process ends as soon as the run has: nobody would be left to say it
      System.err.println("brink: " + e.getMessage());
      return 1;
    }
    System.err.printf(
        "brink: run %s: %s%n",
        runId, status.name().replace("RUN_STATUS_", "").toLowerCase(Locale.ROOT));
    return status == RunStatus.RUN_STATUS_FAILED ? 1 : 0;
  }
}
