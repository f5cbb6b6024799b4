package brink.quickstart.hostile;

import brink.monitor.run.Outcome;
import brink.monitor.run.RunFold;
import brink.monitor.run.RunState;
import brink.schemas.Topic;
import brink.v1.RegimeChanged;
import brink.v1.RunEnded;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import brink.v1.RunStatus;
import brink.v1.Sharpness;
import brink.v1.SharpnessPoint;
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

  private static final int CLIMB = 300;
  private static final double ETA = 0.5;
  private static final double DECAY = 2e-3;
  private static final double ETA_IN = ETA * DECAY;

  private final Producer<byte[], byte[]> producer;
  private final List<StepObserved> steps = steps();

  HealthyRun(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  void start() throws InterruptedException, ExecutionException {
    send(Topic.RUNS, RunEvent.newBuilder().setStarted(started()).build());
  }

  /** Publishes steps from the first to before the last. */
  void steps(int first, int last) throws InterruptedException, ExecutionException {
    for (StepObserved step : steps.subList(first, last)) {
      send(Topic.STEPS, step);
    }
  }

  void end() throws InterruptedException, ExecutionException {
    send(Topic.RUNS, RunEvent.newBuilder().setEnded(ended()).build());
  }

  /** The verdicts of this run by itself. */
  static List<RegimeChanged> verdicts() {
    RunFold fold = new RunFold();
    List<RegimeChanged> changes = new ArrayList<>();
    RunState state = fold.start(started());
    for (StepObserved step : steps()) {
      Outcome outcome = fold.step(state, step);
      changes.addAll(outcome.changes());
      state = outcome.state();
    }
    changes.addAll(fold.end(state, ended()).changes());
    return changes;
  }

  private void send(Topic topic, MessageLite message)
      throws InterruptedException, ExecutionException {
    byte[] key = ID.getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(topic.topicName(), key, message.toByteArray())).get();
  }

  private static RunStarted started() {
    return RunStarted.newBuilder()
        .setRunId(ID)
        .setPrecision("float64")
        .setLearningRate(ETA)
        .setWeightDecay(DECAY)
        .build();
  }

  private static RunEnded ended() {
    return RunEnded.newBuilder()
        .setRunId(ID)
        .setLastStep(STEPS - 1)
        .setStatus(RunStatus.RUN_STATUS_COMPLETED)
        .build();
  }

  private static List<StepObserved> steps() {
    List<StepObserved> steps = new ArrayList<>();
    double normSquared = 64;
    for (int t = 0; t < STEPS; t++) {
      boolean edge = t >= CLIMB;
      double ratio = edge ? 1 + (t % 2 == 0 ? 0.05 : -0.05) : 0.3 + 0.7 * t / CLIMB;
      double angleSquared = edge ? 1.6 * ETA_IN : 1e-6;
      double rate = ETA / ((1 - ETA_IN) * normSquared);
      steps.add(
          StepObserved.newBuilder()
              .setRunId(ID)
              .setStep(t)
              .setLoss(1.0 / (t + 1))
              .setWeightNormSquared(normSquared)
              .setGradientNormSquared(angleSquared / (rate * rate * normSquared))
              .setLearningRate(ETA)
              .setWeightDecay(DECAY)
              .setGradientCosine(edge ? -0.98 : 0.5)
              .addSharpness(
                  Sharpness.newBuilder()
                      .setPoint(SharpnessPoint.SHARPNESS_POINT_MIDPOINT)
                      .addEigenvalues(2 * ratio / rate)
                      .addResiduals(1e-6))
              .build());
      normSquared *= (1 - ETA_IN) * (1 - ETA_IN) * (1 + angleSquared);
    }
    return steps;
  }
}
