package brink.monitor.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import brink.monitor.records.RecordStore;
import brink.monitor.records.RunFile;
import brink.monitor.replay.Verification.Same;
import brink.schemas.Topic;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Among the verdicts of a monitor lie records that no monitor wrote. */
final class ForeignVerdictsTest {
  private static final String APPLICATION = "brink-monitor";

  private final RunFile file = RunFile.open(Path.of("../../docs/streams/flowing.brink"));
  private final String runId = file.runIds().getFirst();
  private final Replay replay = new Replay(store());

  private RecordStore store() {
    return (topic, action) -> {
      if (topic == Topic.REGIMES) {
        for (String key : List.of(runId, "of-nobody")) {
          action.accept(verdict(key, null));
          action.accept(verdict(key, new byte[] {-1, -1, -1, -1}));
        }
      }
      file.read(topic, action);
    };
  }

  private static ConsumerRecord<byte[], byte[]> verdict(String key, byte @Nullable [] value) {
    return new ConsumerRecord<>(Topic.REGIMES.topicName(), 0, 0, key.getBytes(UTF_8), value);
  }

  @Test
  void verify_ofARun_passesOverThem() {
    Replayed replayed = replay.replay(runId, replay.recordedSettings(runId).settings());

    assertThat(replay.verify(replayed, StepRange.ALL, APPLICATION)).isEqualTo(new Same(5));
  }

  @Test
  void verifyAll_passesOverThem() {
    assertThat(replay.verifyAll(_ -> {}, APPLICATION)).containsExactly(entry(runId, new Same(5)));
  }
}
