package brink.distribution.hostile;

import brink.distribution.MadeUpRun;
import brink.monitor.run.Outcome;
import brink.monitor.run.RunFold;
import brink.monitor.run.RunState;
import brink.schemas.Topic;
import brink.v1.RegimeChanged;
import brink.v1.RunEvent;
import brink.v1.StepObserved;
import com.google.protobuf.MessageLite;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A made-up run that keeps the norm ledger; its stability ratio climbs to 1, where it oscillates.
 */
final class HealthyRun {
  static final String ID = "healthy";
  static final int STEPS = 600;

  private static final MadeUpRun RUN = new MadeUpRun(ID);

  private final Producer<byte[], byte[]> producer;
  private final List<StepObserved> steps = RUN.steps(STEPS);

  HealthyRun(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  void start() throws InterruptedException, ExecutionException {
    send(Topic.RUNS, RunEvent.newBuilder().setStarted(RUN.started()).build());
  }

  /** Publishes steps from the first to before the last. */
  void steps(int first, int last) throws InterruptedException, ExecutionException {
    for (StepObserved step : steps.subList(first, last)) {
      send(Topic.STEPS, step);
    }
  }

  void end() throws InterruptedException, ExecutionException {
    send(Topic.RUNS, RunEvent.newBuilder().setEnded(RUN.ended(STEPS - 1L)).build());
  }

  /** The verdicts of this run by itself. */
  static List<RegimeChanged> verdicts() {
    RunFold fold = new RunFold();
    List<RegimeChanged> changes = new ArrayList<>();
    RunState state = fold.start(RUN.started());
    for (StepObserved step : RUN.steps(STEPS)) {
      Outcome outcome = fold.step(state, step);
      changes.addAll(outcome.changes());
      state = outcome.state();
    }
    changes.addAll(fold.end(state, RUN.ended(STEPS - 1L)).changes());
    return changes;
  }

  private void send(Topic topic, MessageLite message)
      throws InterruptedException, ExecutionException {
    byte[] key = ID.getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(topic.topicName(), key, message.toByteArray())).get();
  }
}
