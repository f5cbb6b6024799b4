package brink.distribution.page;

import static org.assertj.core.api.Assertions.assertThat;

import brink.distribution.broker.BrokerSettings;
import brink.distribution.broker.EmbeddedBroker;
import brink.monitor.catalogue.RunDirectory;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.outcome.RunOutcome;
import brink.monitor.series.SeriesStore;
import brink.monitor.web.Api;
import brink.monitor.web.EventHub;
import brink.monitor.web.HttpSettings;
import brink.monitor.web.MonitorInfo;
import brink.monitor.web.MonitorServer;
import brink.schemas.KafkaSettings;
import brink.schemas.MessageSerializer;
import brink.schemas.Replication;
import brink.schemas.Topic;
import brink.schemas.TopicCreation;
import brink.v1.RunEnded;
import brink.v1.RunStarted;
import brink.v1.RunStatus;
import brink.v1.Sharpness;
import brink.v1.SharpnessPoint;
import brink.v1.StepObserved;
import brink.v1.Timing;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.protobuf.Message;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A long run beside another one in the same partition, and one step of it that stands out. {@code
 * -Dseries.steps=1000000} measures what docs/performance.md says of a million steps.
 */
final class LongRunIT {
  private static final int STEPS = Integer.getInteger("series.steps", 50_000);
  private static final int SPIKE = STEPS * 2 / 3;
  private static final String FIELDS =
      "loss,weight_norm_squared,gradient_cosine,stability_ratio,threshold,midpoint_eigenvalue_1,"
          + "effective_learning_rate,angular_step_share";

  @TempDir Path folder;

  private final Http http = new Http();

  @Test
  void spikeOfOneStep_isSeenAtFullWidthAndRawInAWindow() throws Exception {
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(BrokerSettings.onAnyPort(folder.resolve("kafka")))) {
      KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
      TopicCreation.ensure(kafka, 1, Replication.AUTOMATIC);
      publish(kafka);
      OneRun runs = new OneRun();
      try (SeriesStore store = SeriesStore.open(folder.resolve("series"), kafka, runs);
          EventHub events = new EventHub("test");
          MonitorServer server =
              MonitorServer.start(HttpSettings.at("127.0.0.1", 0), api(store, events, runs))) {
        long begin = System.nanoTime();
        JsonObject body = series(server.uri(), "&points=2000");
        tell("first answer", begin);
        while (!body.get("complete").getAsBoolean()) {
          body = series(server.uri(), "&points=2000");
        }
        tell("complete", begin);
        System.out.printf("processor time of reading: %d ms%n", readersNanos() / 1_000_000);

        assertSpike(body, false);
        assertThat(body.getAsJsonObject("series").getAsJsonObject("loss").get("count").getAsInt())
            .isEqualTo(STEPS);
        begin = System.nanoTime();
        assertSpike(series(server.uri(), "&points=2000&from=1"), false);
        tell("eight series of all steps", begin);
        begin = System.nanoTime();
        assertSpike(series(server.uri(), "&from=" + (SPIKE - 500) + "&to=" + (SPIKE + 500)), true);
        tell("eight series of a thousand steps", begin);
        Runtime.getRuntime().gc();
        System.out.printf(
            "heap after a collection %d MB%n",
            (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
      }
    } finally {
      http.close();
    }
  }

  private JsonObject series(URI server, String query) throws Exception {
    return http.object(server, "/api/runs/long/series?fields=" + FIELDS + query);
  }

  private static void assertSpike(JsonObject body, boolean raw) {
    JsonObject loss = body.getAsJsonObject("series").getAsJsonObject("loss");
    assertThat(loss.get("raw").getAsBoolean()).isEqualTo(raw);
    JsonArray x = loss.getAsJsonArray("x");
    JsonArray y = loss.getAsJsonArray("y");
    int at = 0;
    while (y.get(at).getAsDouble() != 1e9) {
      at++;
    }
    assertThat(x.get(at).getAsInt()).isEqualTo(SPIKE);
  }

  private static long readersNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(info -> info != null && info.getThreadName().startsWith("brink-series"))
        .mapToLong(info -> threads.getThreadCpuTime(info.getThreadId()))
        .sum();
  }

  private static void tell(String what, long begin) {
    System.out.printf(
        "%d steps, %s: %d ms%n", STEPS, what, (System.nanoTime() - begin) / 1_000_000);
  }

  private static Api api(SeriesStore store, EventHub events, RunDirectory runs) {
    return new Api(
        new MonitorInfo("test", "test", Instant.EPOCH),
        _ -> "",
        List::of,
        runs,
        store,
        events,
        List::of,
        (_, _) -> {},
        InstantSource.system());
  }

  private static void publish(KafkaSettings kafka) {
    Map<String, Object> settings = new HashMap<>(kafka.producer());
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 512 << 10);
    try (KafkaProducer<String, Message> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new MessageSerializer())) {
      for (int step = 0; step < STEPS; step++) {
        send(producer, step("long", step));
        if (step % 10 == 0) {
          send(producer, step("other", step));
        }
      }
      producer.flush();
    }
  }

  private static void send(KafkaProducer<String, Message> producer, StepObserved step) {
    var _ = producer.send(new ProducerRecord<>(Topic.STEPS.topicName(), step.getRunId(), step));
  }

  private static StepObserved step(String runId, int step) {
    double phase = Math.sin(step / 1e3);
    StepObserved.Builder builder =
        StepObserved.newBuilder()
            .setRunId(runId)
            .setStep(step)
            .setLoss(step == SPIKE ? 1e9 : 2 + phase)
            .setLearningRate(0.5)
            .setWeightDecay(1e-3)
            .setWeightNormSquared(20 + phase)
            .setGradientNormSquared(0.3 + 0.1 * phase)
            .setGradientCosine(-0.9)
            .setTiming(Timing.newBuilder().setGradientNs(1_000 + step).setPublishNs(50));
    if (step % 10 < 2) {
      builder.addSharpness(
          Sharpness.newBuilder()
              .setPoint(SharpnessPoint.SHARPNESS_POINT_MIDPOINT)
              .addEigenvalues(80 + phase)
              .addEigenvalues(60)
              .addResiduals(1e-5)
              .addResiduals(1e-5));
    }
    return builder.build();
  }

  private static final class OneRun implements RunDirectory {
    private final RunEntry run =
        new RunEntry(
            "long",
            RunStarted.newBuilder().setRunId("long").build(),
            RunEnded.newBuilder()
                .setRunId("long")
                .setLastStep(STEPS - 1)
                .setStatus(RunStatus.RUN_STATUS_COMPLETED)
                .build(),
            List.of(),
            null,
            RunOutcome.NONE,
            (long) STEPS - 1,
            Instant.EPOCH);

    @Override
    public List<RunEntry> runs() {
      return List.of(run);
    }

    @Override
    public @Nullable RunEntry run(String runId) {
      return runId.equals("long") ? run : null;
    }
  }
}
