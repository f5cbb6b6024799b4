package brink.distribution.demo;

import brink.monitor.catalogue.TopicReader;
import brink.schemas.KafkaSettings;
import brink.schemas.Topic;
import brink.v1.Rejected;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.RecordMetadata;

/** What the monitor has put into brink.rejected so far. */
public final class RejectedRecords {
  private final List<Rejected> records;

  private RejectedRecords(List<Rejected> records) {
    this.records = records;
  }

  /** All of them as of now. */
  public static RejectedRecords read(KafkaSettings kafka) {
    List<Rejected> records = new ArrayList<>();
    try (TopicReader reader = TopicReader.open(kafka, Topic.REJECTED)) {
      reader.readToEnd(record -> records.add(parsed(record.value())));
    }
    return new RejectedRecords(records);
  }

  /** All, those of one partition in order. */
  public List<Rejected> all() {
    return records;
  }

  /** The findings about one record. */
  List<Rejected> about(RecordMetadata record) {
    return records.stream()
        .filter(rejected -> rejected.getTopic().equals(record.topic()))
        .filter(rejected -> rejected.getPartition() == record.partition())
        .filter(rejected -> rejected.getOffset() == record.offset())
        .toList();
  }

  private static Rejected parsed(byte[] value) {
    try {
      return Rejected.parseFrom(value);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("brink.rejected holds something else", e);
    }
  }
}
