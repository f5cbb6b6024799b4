package brink.bench.rows;

import brink.schemas.MessageSerializer;
import brink.trainer.descent.GradientDescent;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.publish.GradientCadence;
import brink.trainer.publish.RunPublisher;
import brink.trainer.request.RunRequest;
import brink.trainer.run.RunPlan;
import brink.trainer.run.RunPlanner;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import com.google.protobuf.Message;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The records of a run of {@code bn-linear} as its trainer publishes them.
 *
 * @param started its first record
 * @param steps its steps, in order
 */
public record BnLinearRun(RunStarted started, List<StepObserved> steps) {
  /** One and a half units of flow time: the way to the edge, and some of the flow along it. */
  private static final long STEPS = 8_000;

  /** Trains. */
  public static BnLinearRun record() {
    var kafka =
        new MockProducer<String, Message>(
            true, null, new StringSerializer(), new MessageSerializer());
    try (Kernels kernels = new CpuKernels(1)) {
      Clock clock = Clock.systemUTC();
      RunRequest request = RunRequest.builder().steps(STEPS).build();
      RunPlan plan = RunPlanner.of(clock, new Random(1)).plan(request, kernels);
      RunPublisher publisher =
          new RunPublisher(kafka, plan.description(), GradientCadence.NONE, clock, () -> false);
      publisher.start("bench");
      new GradientDescent(
              plan.problem().landscape(),
              plan.problem().initialWeights(),
              plan.descent(),
              System::nanoTime)
          .run(publisher, () -> false);
    }
    List<Message> messages = kafka.history().stream().map(ProducerRecord::value).toList();
    return new BnLinearRun(
        ((RunEvent) messages.getFirst()).getStarted(),
        messages.stream().skip(1).map(StepObserved.class::cast).toList());
  }
}
