package brink.distribution.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brink.distribution.demo.RejectedRecords;
import brink.monitor.topology.RunObserver;
import brink.schemas.KafkaSettings;
import brink.schemas.ProtobufSerde;
import brink.schemas.Topic;
import brink.v1.Rejected;
import brink.v1.RejectionReason;
import brink.v1.RunEnded;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import com.google.protobuf.MessageLite;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that are some hundred bytes compressed, and many MiB when they are read. */
final class OversizedRecordsIT {
  private static final int KIB = 1 << 10;

  @TempDir Path folder;

  @Test
  void fields_ofAnySizeThatTheBrokerLetsThrough_areSetAsideAndNothingStops() throws Exception {
    try (Watched watched = Watched.start(folder);
        KafkaProducer<byte[], byte[]> producer = watched.producer()) {
      HealthyRun healthy = new HealthyRun(producer);
      healthy.start();
      healthy.steps(0, 200);
      int sent = 0;
      for (int size : new int[] {KIB, 100 * KIB, 1000 * KIB, 2048 * KIB, 12 * KIB * KIB}) {
        for (ProducerRecord<byte[], byte[]> record : oversized("x".repeat(size))) {
          producer.send(record).get();
          sent++;
        }
      }
      healthy.steps(200, HealthyRun.STEPS);
      healthy.end();

      watched.healthyRunIsJudgedRight();
      assertThat(RejectedRecords.read(watched.kafka()).all())
          .hasSize(sent)
          .extracting(Rejected::getReason)
          .doesNotContain(RejectionReason.REJECTION_REASON_MONITOR_FAILED);
      assertThat(watched.threadFailures()).isZero();
      assertThat(watched.app().reasonsNotReady()).isEmpty();
    }
  }

  @Test
  void rejection_thatKafkaRefuses_isWrittenInBriefAndNothingIsLost() throws Exception {
    int limit = 64 * KIB;
    try (Watched watched =
            Watched.start(
                folder,
                kafka -> limitRejected(kafka, limit),
                InstantSource.system(),
                RunObserver.NONE);
        KafkaProducer<byte[], byte[]> producer = watched.producer()) {
      HealthyRun healthy = new HealthyRun(producer);
      healthy.start();
      healthy.steps(0, 300);
      producer
          .send(new ProducerRecord<>("brink.steps", "k".getBytes(UTF_8), new byte[8 * limit]))
          .get();
      healthy.steps(300, HealthyRun.STEPS);
      healthy.end();

      watched.healthyRunIsJudgedRight();
      assertThat(RejectedRecords.read(watched.kafka()).all())
          .singleElement()
          .satisfies(
              rejected -> {
                assertThat(rejected.getValue()).isEmpty();
                assertThat(rejected.getDetail()).contains("raise max.message.bytes");
              });
    }
  }

  private static List<ProducerRecord<byte[], byte[]>> oversized(String text) {
    RunStarted.Builder started = RunStarted.newBuilder().setRunId("odd").setMomentum(2);
    StepObserved.Builder step = StepObserved.newBuilder().setRunId(text).setStep(1);
    RunEnded.Builder ended = RunEnded.newBuilder().setRunId("odd").setReason(text);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    records.add(new ProducerRecord<>("brink.steps", text.getBytes(UTF_8), null));
    records.add(new ProducerRecord<>("brink.runs", text.getBytes(UTF_8), text.getBytes(UTF_8)));
    records.add(new ProducerRecord<>("brink.steps", null, text.getBytes(UTF_8)));
    records.add(record(Topic.STEPS, text, step.build()));
    records.add(record(Topic.STEPS, "odd", step.build()));
    records.add(record(Topic.RUNS, "odd", started(started.clone().setName(text))));
    records.add(record(Topic.RUNS, "odd", started(started.clone().putTags(text, text))));
    records.add(record(Topic.RUNS, text, started(started.clone().setRunId(text))));
    records.add(record(Topic.RUNS, "odd", RunEvent.newBuilder().setEnded(ended).build()));
    ProducerRecord<byte[], byte[]> headers = new ProducerRecord<>("brink.steps", null, null);
    headers.headers().add("any", text.getBytes(UTF_8));
    records.add(headers);
    ProducerRecord<byte[], byte[]> type = record(Topic.STEPS, "odd", step.build());
    type.headers().add(ProtobufSerde.TYPE_HEADER, text.getBytes(UTF_8));
    records.add(type);
    return records;
  }

  private static RunEvent started(RunStarted.Builder started) {
    return RunEvent.newBuilder().setStarted(started).build();
  }

  private static ProducerRecord<byte[], byte[]> record(
      Topic topic, String key, MessageLite message) {
    return new ProducerRecord<>(topic.topicName(), key.getBytes(UTF_8), message.toByteArray());
  }

  private static void limitRejected(KafkaSettings kafka, int bytes) throws Exception {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "brink.rejected");
    ConfigEntry limit =
        new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes));
    try (Admin admin = Admin.create(kafka.admin())) {
      admin
          .incrementalAlterConfigs(
              Map.of(topic, List.of(new AlterConfigOp(limit, AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }
}
