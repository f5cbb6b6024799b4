package brink.distribution.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import brink.distribution.demo.RejectedRecords;
import brink.schemas.Topic;
import brink.v1.Rejected;
import brink.v1.RejectionReason;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred thousand damaged records in each input topic, and a healthy run between them. */
final class MutatedRecordsIT {
  private static final int RECORDS = 100_000;
  private static final long SEED = 12;

  @TempDir Path folder;

  @Test
  void monitor_damagedRecords_staysReadyAndJudgesTheHealthyRun() throws Exception {
    try (Watched watched = Watched.start(folder);
        KafkaProducer<byte[], byte[]> producer = watched.producer()) {
      HealthyRun healthy = new HealthyRun(producer);
      Mutator mutator = new Mutator(SEED);
      healthy.start();
      for (int step = 0; step < HealthyRun.STEPS; step += 100) {
        healthy.steps(step, step + 100);
        for (int i = 0; i < RECORDS / 6; i++) {
          var unusedRun = producer.send(mutator.next(Topic.RUNS));
          var unusedStep = producer.send(mutator.next(Topic.STEPS));
        }
      }
      producer.flush();
      healthy.end();

      watched.healthyRunIsJudgedRight();
      assertThat(watched.app().reasonsNotReady()).isEmpty();
      assertThat(watched.threadFailures()).isZero();
      List<Rejected> rejected = RejectedRecords.read(watched.kafka()).all();
      assertThat(rejected).hasSizeGreaterThan(RECORDS / 2);
      assertThat(rejected)
          .filteredOn(each -> each.getReason() == RejectionReason.REJECTION_REASON_MONITOR_FAILED)
          .isEmpty();
      assertThat(rejected).extracting(Rejected::getRunId).doesNotContain(HealthyRun.ID);
    }
  }
}
