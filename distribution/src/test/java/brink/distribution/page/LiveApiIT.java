package brink.distribution.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import brink.distribution.MadeUpRun;
import brink.distribution.broker.BrokerSettings;
import brink.distribution.broker.EmbeddedBroker;
import brink.monitor.MonitorApp;
import brink.monitor.MonitorSettings;
import brink.schemas.KafkaSettings;
import brink.schemas.MessageSerializer;
import brink.schemas.Replication;
import brink.schemas.Topic;
import brink.schemas.TopicCreation;
import brink.v1.RunEvent;
import brink.v1.StepObserved;
import com.google.gson.JsonObject;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LiveApiIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int STEPS = 900;

  @TempDir Path folder;

  private final Http http = new Http();

  @Test
  void everyMonitorOfACluster_showsEveryRunAndEveryNote() throws Exception {
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(BrokerSettings.onAnyPort(folder.resolve("kafka")))) {
      KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
      TopicCreation.ensure(kafka, Topic.DEFAULT_PARTITIONS, Replication.AUTOMATIC);
      try (MonitorApp first = monitor(kafka, "first")) {
        CompletableFuture<String> edge = event(first.uri(), "\"to\":\"REGIME_EDGE\"");
        publish(kafka, new MadeUpRun("a"));
        publish(kafka, new MadeUpRun("b"));
        try (MonitorApp second = monitor(kafka, "second")) {
          for (MonitorApp each : List.of(first, second)) {
            for (String run : List.of("a", "b")) {
              assertShowsAll(each.uri(), run);
            }
          }
          assertThat(edge.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).startsWith("data: {");
          assertThat(
                  http.put(first.uri(), "/api/runs/a/note", "{\"name\":\"α\",\"tags\":[\"keep\"]}"))
              .isEqualTo(200);
          await().atMost(PATIENCE).until(() -> name(second.uri(), "a").equals("α"));
          assertThat(http.array(second.uri(), "/api/runs?q=keep")).hasSize(1);
        }
      }
      try (MonitorApp later = monitor(kafka, "third")) {
        await().atMost(PATIENCE).until(() -> name(later.uri(), "a").equals("α"));
        assertThat(http.put(later.uri(), "/api/runs/a/note", "{}")).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> name(later.uri(), "a").isEmpty());
      }
    } finally {
      http.close();
    }
  }

  @Test
  void record_thatCannotBeUsed_isListedWithItsRemedy() throws Exception {
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(BrokerSettings.onAnyPort(folder.resolve("kafka")))) {
      KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
      TopicCreation.ensure(kafka, Topic.DEFAULT_PARTITIONS, Replication.AUTOMATIC);
      try (MonitorApp monitor = monitor(kafka, "first")) {
        assertThat(http.array(monitor.uri(), "/api/rejected")).isEmpty();
        MadeUpRun run = new MadeUpRun("a");
        send(kafka, Topic.RUNS, "a", RunEvent.newBuilder().setStarted(run.started()).build());
        StepObserved bad = run.steps(1).getFirst().toBuilder().setWeightNormSquared(-1).build();
        send(kafka, Topic.STEPS, "a", bad);

        await()
            .atMost(PATIENCE)
            .until(() -> http.array(monitor.uri(), "/api/rejected?run_id=a").size() == 1);
        JsonObject rejected = http.array(monitor.uri(), "/api/rejected").get(0).getAsJsonObject();
        assertThat(rejected.get("reason").getAsString()).isEqualTo("REJECTION_REASON_INVALID");
        assertThat(rejected.get("detail").getAsString()).contains("weight_norm_squared");
        assertThat(rejected.get("value").getAsString()).isEqualTo(hex(bad.toByteString()));
      }
    } finally {
      http.close();
    }
  }

  private void assertShowsAll(URI monitor, String run) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              JsonObject body =
                  http.object(
                      monitor,
                      "/api/runs/"
                          + run
                          + "/series?fields=loss,stability_ratio_pair_mean,fit.predicted_rate");
              assertThat(body.get("complete").getAsBoolean()).isTrue();
              assertThat(body.get("last_step").getAsString()).isEqualTo("" + (STEPS - 1));
              JsonObject series = body.getAsJsonObject("series");
              assertThat(series.getAsJsonObject("loss").get("count").getAsInt()).isEqualTo(STEPS);
              assertThat(series.has("fit.predicted_rate")).isTrue();
            });
  }

  private String name(URI monitor, String run) throws IOException, InterruptedException {
    JsonObject body = http.object(monitor, "/api/runs/" + run);
    return body.has("note") && body.getAsJsonObject("note").has("name")
        ? body.getAsJsonObject("note").get("name").getAsString()
        : "";
  }

  /** The line of the first event that has this text. */
  private static CompletableFuture<String> event(URI monitor, String text) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (BufferedReader lines =
              new BufferedReader(
                  new InputStreamReader(
                      monitor.resolve("/api/events").toURL().openStream(),
                      StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> line.contains(text)).findFirst().orElse("");
          } catch (IOException e) {
            return e.toString();
          }
        },
        task -> Thread.ofVirtual().start(task));
  }

  private static MonitorApp monitor(KafkaSettings kafka, String name) throws IOException {
    MonitorApp app =
        new MonitorApp(
            MonitorSettings.of(kafka)
                .named(MonitorSettings.DEFAULT_APPLICATION_ID, name)
                .servedAt(MonitorSettings.DEFAULT_HTTP_HOST, 0),
            InstantSource.system());
    app.start();
    await().atMost(PATIENCE).until(() -> app.reasonsNotReady().isEmpty());
    return app;
  }

  private static void publish(KafkaSettings kafka, MadeUpRun run) throws Exception {
    send(kafka, Topic.RUNS, run.id(), RunEvent.newBuilder().setStarted(run.started()).build());
    send(kafka, Topic.STEPS, run.id(), run.steps(STEPS).toArray(Message[]::new));
    send(kafka, Topic.RUNS, run.id(), RunEvent.newBuilder().setEnded(run.ended(STEPS - 1)).build());
  }

  private static void send(KafkaSettings kafka, Topic topic, String key, Message... messages)
      throws Exception {
    try (KafkaProducer<String, Message> producer =
        new KafkaProducer<>(kafka.producer(), new StringSerializer(), new MessageSerializer())) {
      for (Message message : messages) {
        var _ = producer.send(new ProducerRecord<>(topic.topicName(), key, message));
      }
      producer.flush();
    }
  }

  private static String hex(ByteString bytes) {
    StringBuilder text = new StringBuilder();
    bytes
        .substring(0, Math.min(256, bytes.size()))
        .forEach(each -> text.append("%02x".formatted(each)));
    return text.toString();
  }
}
