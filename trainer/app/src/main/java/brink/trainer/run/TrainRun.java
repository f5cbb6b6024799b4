package brink.trainer.run;

import brink.schemas.KafkaSettings;
import brink.schemas.MessageSerializer;
import brink.schemas.PublishException;
import brink.trainer.checkpoint.Checkpoint;
import brink.trainer.checkpoint.CheckpointFolder;
import brink.trainer.descent.DescentOutcome;
import brink.trainer.descent.GradientDescent;
import brink.trainer.descent.StepListener;
import brink.trainer.descent.StepRecord;
import brink.trainer.landscape.Landscape;
import brink.trainer.publish.Outage;
import brink.trainer.publish.PublishedSteps;
import brink.trainer.publish.PublishingThread;
import brink.trainer.publish.RunIdClaim;
import brink.trainer.publish.RunPublisher;
import brink.v1.RunStarted;
import brink.v1.RunStatus;
import com.google.protobuf.Message;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Trains one run and publishes it: start, every step, end, whatever the end is. */
public final class TrainRun {
  /** Steps per second of a run that goes as fast as it can. */
  public static final double UNPACED = Double.POSITIVE_INFINITY;

  /** How long a run that ends waits for Kafka to take what it has not taken yet. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  /**
   * The same for a run that was stopped: it has waited already, and the process may be killed soon.
   */
  private static final Duration STOPPED_CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final RunPlan plan;
  private final KafkaSettings kafka;
  private final double stepsPerSecond;
  private final Duration outageLimit;
  private final String version;
  private final Clock clock;

  /**
   * A run.
   *
   * @param stepsPerSecond pace; {@link #UNPACED} is as fast as it goes
   * @param outageLimit how long the run waits for a Kafka that takes nothing
   * @param version of the program, for the record
   */
  public TrainRun(
      RunPlan plan,
      KafkaSettings kafka,
      double stepsPerSecond,
      Duration outageLimit,
      String version,
      Clock clock) {
    this.plan = plan;
    this.kafka = kafka;
    this.stepsPerSecond = stepsPerSecond;
    this.outageLimit = outageLimit;
    this.version = version;
    this.clock = clock;
  }

  /**
   * Trains until all steps are done, the run diverges, or it is asked to stop.
   *
   * @param progress told of every step
   * @param stop whether it is asked to stop
   * @return how it ended
   * @throws brink.trainer.publish.RunIdTakenException if another run of its id began first
   * @throws PublishException if Kafka does not take its records; the message says where the
   *     checkpoint is that the run leaves behind
   * @throws brink.trainer.checkpoint.CheckpointException if its checkpoints cannot be used
   */
  public RunStatus execute(RunProgress progress, BooleanSupplier stop) {
    try (CheckpointFolder folder = plan.checkpointing().open(plan.description().runId())) {
      Producer<String, Message> producer =
          new KafkaProducer<>(
              kafka.producer(outageLimit), new StringSerializer(), new MessageSerializer());
      try {
        Outage outage = new Outage(outageLimit, stop, progress::note, System::nanoTime);
        RunPublisher publisher =
            new RunPublisher(producer, plan.description(), plan.gradients(), clock, outage);
        GradientDescent descent =
            new GradientDescent(
                plan.problem().landscape(),
                plan.problem().initialWeights(),
                plan.descent(),
                System::nanoTime);
        begin(publisher, descent, outage, progress);
        try (PublishingThread publishing = publishing(publisher)) {
          return train(publishing, descent, folder, progress, stop);
        }
      } finally {
        producer.close(stop.getAsBoolean() ? STOPPED_CLOSE_TIMEOUT : CLOSE_TIMEOUT);
      }
    }
  }

  private void begin(
      RunPublisher publisher, GradientDescent descent, Outage outage, RunProgress progress) {
    Checkpointing checkpointing = plan.checkpointing();
    String runId = plan.description().runId();
    if (!checkpointing.isResumed()) {
      RecordMetadata start = start(publisher, descent, progress);
      outage.outlast(kafka.bootstrapServers(), () -> RunIdClaim.requireFirst(kafka, runId, start));
      RunNotes.of(plan).forEach(progress::note);
      return;
    }
    PublishedSteps published =
        outage.ask(
            kafka.bootstrapServers(),
            () -> PublishedSteps.find(kafka, runId, checkpointing.publishedSince()));
    Checkpoint checkpoint = checkpointing.choose(published, kafka.bootstrapServers());
    descent.restore(checkpoint.state());
    publisher.resume(version, published);
    progress.note(
        String.format(
            Locale.ROOT,
            "run %s goes on from its checkpoint at step %,d; steps up to %,d are published already",
            runId,
            checkpoint.nextStep(),
            published.lastStep().orElse(-1)));
  }

  private RecordMetadata start(
      RunPublisher publisher, GradientDescent descent, RunProgress progress) {
    CheckpointSource fork = plan.checkpointing().fork();
    if (fork == null) {
      return publisher.start(version);
    }
    Checkpoint parent = fork.checkpoint();
    descent.fork(parent.state());
    progress.note(
        String.format(
            Locale.ROOT,
            "run %s forks off run %s at step %,d",
            plan.description().runId(),
            parent.runId(),
            parent.nextStep()));
    return publisher.startFork(version, parent.runId(), parent.nextStep());
  }

  private PublishingThread publishing(RunPublisher publisher) {
    Landscape landscape = plan.problem().landscape();
    return new PublishingThread(publisher, landscape.kernels(), landscape.dimension(), clock);
  }

  private RunStatus train(
      PublishingThread publishing,
      GradientDescent descent,
      @Nullable CheckpointFolder folder,
      RunProgress progress,
      BooleanSupplier stop) {
    RunStarted run = plan.description().toMessage(clock.instant(), version);
    CheckpointKeeper keeper =
        folder == null ? null : new CheckpointKeeper(folder, plan, run, publishing, descent);
    RecoveryPoints recovery =
        new RecoveryPoints(
            publishing,
            descent,
            plan.descent().steps(),
            Runtime.getRuntime().maxMemory(),
            System::nanoTime);
    try {
      return train(publishing, descent, keeper, recovery, progress, stop);
    } catch (PublishException e) {
      throw recovery
          .newest()
          .map(point -> e.with(RescueCheckpoint.of(plan, run).leave(folder, point)))
          .orElse(e);
    }
  }

  private RunStatus train(
      PublishingThread publishing,
      GradientDescent descent,
      @Nullable CheckpointKeeper keeper,
      RecoveryPoints recovery,
      RunProgress progress,
      BooleanSupplier stop) {
    try {
      DescentOutcome outcome =
          descent.run(new Steps(publishing, keeper, recovery, progress, pace(), stop), stop);
      if (keeper != null && outcome.status() != DescentOutcome.Status.DIVERGED) {
        keeper.save();
      }
      return end(publishing.drained(), outcome);
    } catch (ArithmeticException e) {
      publishing.drained().end(RunStatus.RUN_STATUS_FAILED, String.valueOf(e.getMessage()));
      progress.note("run " + plan.description().runId() + " failed: " + e.getMessage());
      return RunStatus.RUN_STATUS_FAILED;
    }
  }

  private Pace pace() {
    return new Pace(stepsPerSecond, System::nanoTime);
  }

  /** What happens at every step. */
  private record Steps(
      PublishingThread publishing,
      @Nullable CheckpointKeeper keeper,
      RecoveryPoints recovery,
      RunProgress progress,
      Pace pace,
      BooleanSupplier stop)
      implements StepListener {
    @Override
    public void onStep(StepRecord step) {
      boolean anew = step.step() > publishing.lastStep();
      publishing.onStep(step);
      progress.onStep(step);
      if (anew) {
        pace.await(stop);
      }
    }

    @Override
    public void onAdvanced(long next) {
      if (keeper != null) {
        keeper.onAdvanced(next);
      }
      recovery.onAdvanced(next);
    }
  }

  private static RunStatus end(RunPublisher publisher, DescentOutcome outcome) {
    RunStatus status =
        switch (outcome.status()) {
          case COMPLETED -> RunStatus.RUN_STATUS_COMPLETED;
          case STOPPED -> RunStatus.RUN_STATUS_STOPPED;
          case DIVERGED -> RunStatus.RUN_STATUS_DIVERGED;
        };
    String reason =
        switch (outcome.status()) {
          case COMPLETED -> "";
          case STOPPED -> "stopped by a signal";
          case DIVERGED ->
              String.format(
                  Locale.ROOT, "loss or norms are not finite at step %,d", outcome.lastStep());
        };
    publisher.end(status, reason);
    return status;
  }
}
