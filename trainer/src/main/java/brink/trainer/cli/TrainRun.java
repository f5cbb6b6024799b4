package brink.trainer.cli;

import brink.schemas.KafkaSettings;
import brink.schemas.MessageSerializer;
import brink.trainer.descent.DescentOutcome;
import brink.trainer.descent.GradientDescent;
import brink.trainer.publish.RunPublisher;
import brink.v1.RunStatus;
import com.google.protobuf.Message;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Trains one run and publishes it: start, every step, end, whatever the end is. */
public final class TrainRun {
  /** How long a run that ends waits for Kafka to take what it has not taken yet. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private final RunPlan plan;
  private final KafkaSettings kafka;
  private final double stepsPerSecond;
  private final String version;
  private final Clock clock;

  /**
   * A run.
   *
   * @param stepsPerSecond pace; {@link Rate#MAX} is unpaced
   * @param version of the program, for the record
   */
  public TrainRun(
      RunPlan plan, KafkaSettings kafka, double stepsPerSecond, String version, Clock clock) {
    this.plan = plan;
    this.kafka = kafka;
    this.stepsPerSecond = stepsPerSecond;
    this.version = version;
    this.clock = clock;
  }

  /**
   * Trains until all steps are done, the run diverges, or it is asked to stop.
   *
   * @return how it ended
   * @throws brink.trainer.publish.PublishException if Kafka does not take its records
   */
  public RunStatus execute(ProgressDisplay display, StopSignal stop) {
    Producer<String, Message> producer =
        new KafkaProducer<>(kafka.producer(), new StringSerializer(), new MessageSerializer());
    try {
      RunPublisher publisher =
          new RunPublisher(producer, plan.description(), plan.gradients(), clock, stop);
      publisher.start(version);
      InvarianceNotes.of(plan.problem()).forEach(display::println);
      return train(publisher, display, stop);
    } finally {
      producer.close(CLOSE_TIMEOUT);
    }
  }

  private RunStatus train(RunPublisher publisher, ProgressDisplay display, StopSignal stop) {
    Pace pace = new Pace(stepsPerSecond, System::nanoTime);
    GradientDescent descent =
        new GradientDescent(
            plan.problem().landscape(),
            plan.problem().initialWeights(),
            plan.descent(),
            System::nanoTime);
    try {
      DescentOutcome outcome =
          descent.run(
              step -> {
                publisher.onStep(step);
                display.show(step);
                pace.await(stop);
              },
              stop);
      return end(publisher, outcome);
    } catch (ArithmeticException e) {
      publisher.end(RunStatus.RUN_STATUS_FAILED, String.valueOf(e.getMessage()));
      display.println("run " + plan.description().runId() + " failed: " + e.getMessage());
      return RunStatus.RUN_STATUS_FAILED;
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
