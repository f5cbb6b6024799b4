package brink.monitor.records;

import brink.schemas.Topic;
import brink.v1.RunFileEnd;
import brink.v1.RunFileEntry;
import brink.v1.RunFileHeader;
import brink.v1.RunFileRecord;
import brink.v1.RunFileRecordHeader;
import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Writes {@link RunFile}s. */
public final class RunFileWriter {
  private final String program;
  private final InstantSource clock;

  /**
   * A writer.
   *
   * @param program name and version, for the header
   */
  public RunFileWriter(String program, InstantSource clock) {
    this.program = program;
    this.clock = clock;
  }

  /**
   * Writes every record of some runs.
   *
   * @param gradients whether their gradients, by far the largest part, are among them
   * @param out written to its end; stays open
   * @return number of records
   */
  public long write(RecordStore store, List<String> runIds, boolean gradients, OutputStream out)
      throws IOException {
    Set<String> wanted = new HashSet<>(runIds);
    long[] records = new long[1];
    GZIPOutputStream zipped = new GZIPOutputStream(out);
    OutputStream bytes = new BufferedOutputStream(zipped);
    RunFileEntry.newBuilder().setHeader(header(runIds, gradients)).build().writeDelimitedTo(bytes);
    try {
      for (Topic topic : topics(gradients)) {
        store.read(
            topic,
            record -> {
              if (record.key() != null
                  && wanted.contains(new String(record.key(), StandardCharsets.UTF_8))) {
                append(record, bytes);
                records[0]++;
              }
            });
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    RunFileEntry.newBuilder()
        .setEnd(RunFileEnd.newBuilder().setRecords(records[0]))
        .build()
        .writeDelimitedTo(bytes);
    bytes.flush();
    zipped.finish();
    return records[0];
  }

  private static Set<Topic> topics(boolean gradients) {
    Set<Topic> topics = EnumSet.allOf(Topic.class);
    if (!gradients) {
      topics.remove(Topic.GRADIENTS);
    }
    return topics;
  }

  private RunFileHeader header(List<String> runIds, boolean gradients) {
    return RunFileHeader.newBuilder()
        .setVersion(RunFile.VERSION)
        .addAllRunIds(runIds)
        .setWrittenAt(Timestamps.fromMillis(clock.millis()))
        .setProgram(program)
        .setGradients(gradients)
        .build();
  }

  private static void append(ConsumerRecord<byte[], byte[]> record, OutputStream bytes) {
    RunFileRecord.Builder entry =
        RunFileRecord.newBuilder()
            .setTopic(record.topic())
            .setPartition(record.partition())
            .setOffset(record.offset())
            .setTimestampMs(record.timestamp())
            .setKey(ByteString.copyFrom(record.key()));
    if (record.value() != null) {
      entry.setValue(ByteString.copyFrom(record.value()));
    }
    for (Header header : record.headers()) {
      RunFileRecordHeader.Builder copy = entry.addHeadersBuilder().setKey(header.key());
      if (header.value() != null) {
        copy.setValue(ByteString.copyFrom(header.value()));
      }
    }
    try {
      RunFileEntry.newBuilder().setRecord(entry).build().writeDelimitedTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
