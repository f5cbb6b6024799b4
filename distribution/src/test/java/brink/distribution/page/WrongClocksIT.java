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
import com.google.gson.JsonObject;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The series of runs whose records do not lie where the clock of their start says. */
final class WrongClocksIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int STEPS = 900;

  @TempDir Path folder;

  private final Instant now = Instant.now();

  @ParameterizedTest
  @CsvSource({
    "0, -30", // records a month before their start
    "-30, 0", // a month after it
    "30, 0", // a start that lies ahead of everything
    "-60, -30",
  })
  void series_ofRecordsAMonthOff_isWhole(int startDays, int recordDays) throws Exception {
    try (EmbeddedBroker broker =
            EmbeddedBroker.start(BrokerSettings.onAnyPort(folder.resolve("kafka")));
        Http http = new Http()) {
      KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
      TopicCreation.ensure(kafka, 1, Replication.AUTOMATIC);
      publish(kafka, new MadeUpRun("before"), startDays, recordDays);
      publish(kafka, new MadeUpRun("wrong"), startDays, recordDays);
      publish(kafka, new MadeUpRun("after"), 0, 0);
      try (MonitorApp monitor = monitor(kafka)) {
        for (String run : List.of("before", "wrong", "after")) {
          await()
              .atMost(PATIENCE)
              .ignoreExceptions()
              .untilAsserted(
                  () -> {
                    JsonObject body =
                        http.object(
                            monitor.uri(),
                            "/api/runs/" + run + "/series?fields=loss,fit.predicted_rate");
                    assertThat(body.get("complete").getAsBoolean()).isTrue();
                    JsonObject series = body.getAsJsonObject("series");
                    assertThat(series.getAsJsonObject("loss").get("count").getAsInt())
                        .isEqualTo(STEPS);
                    assertThat(series.has("fit.predicted_rate")).isTrue();
                  });
        }
      }
    }
  }

  private static MonitorApp monitor(KafkaSettings kafka) throws Exception {
    MonitorApp app =
        new MonitorApp(
            MonitorSettings.of(kafka).servedAt(MonitorSettings.DEFAULT_HTTP_HOST, 0),
            InstantSource.system());
    app.start();
    await().atMost(PATIENCE).until(() -> app.reasonsNotReady().isEmpty());
    return app;
  }

  private void publish(KafkaSettings kafka, MadeUpRun run, int startDays, int recordDays) {
    long start = now.plus(Duration.ofDays(startDays)).toEpochMilli();
    long time = now.plus(Duration.ofDays(recordDays)).toEpochMilli();
    try (KafkaProducer<String, Message> producer =
        new KafkaProducer<>(kafka.producer(), new StringSerializer(), new MessageSerializer())) {
      RunEvent started =
          RunEvent.newBuilder()
              .setStarted(
                  run.started().toBuilder()
                      .setStartedAt(Timestamp.newBuilder().setSeconds(start / 1_000)))
              .build();
      RunEvent ended = RunEvent.newBuilder().setEnded(run.ended(STEPS - 1)).build();
      send(producer, Topic.RUNS, time, run.id(), started);
      run.steps(STEPS).forEach(step -> send(producer, Topic.STEPS, time, run.id(), step));
      send(producer, Topic.RUNS, time, run.id(), ended);
      producer.flush();
    }
  }

  private static void send(
      KafkaProducer<String, Message> producer, Topic topic, long time, String key, Message value) {
    var _ = producer.send(new ProducerRecord<>(topic.topicName(), null, time, key, value));
  }
}
