package brink.monitor.records;

import brink.schemas.Topic;
import brink.v1.RunFileEntry;
import brink.v1.RunFileHeader;
import brink.v1.RunFileRecord;
import brink.v1.RunFileRecordHeader;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * All records of some runs in one file, as {@code run_file.proto} lays them out: what Kafka had,
 * bit for bit, so that a run can be replayed and verified without one.
 */
public final class RunFile implements RecordStore {
  static final int VERSION = 1;

  private final Path path;
  private final RunFileHeader header;
  private final long records;

  private RunFile(Path path, RunFileHeader header, long records) {
    this.path = path;
    this.header = header;
    this.records = records;
  }

  /**
   * Opens a file, and reads it once to its end.
   *
   * @throws IllegalArgumentException if it is none, or is damaged, cut short or of a newer program
   */
  public static RunFile open(Path path) {
    Contents contents = new Contents();
    read(path, contents::take);
    return new RunFile(path, contents.header(path), contents.records(path));
  }

  /** Ids of the runs whose records it holds. */
  public List<String> runIds() {
    return header.getRunIdsList();
  }

  /** Where it lies. */
  public Path path() {
    return path;
  }

  /** How many records it holds. */
  public long records() {
    return records;
  }

  @Override
  public void read(Topic topic, Consumer<ConsumerRecord<byte[], byte[]>> action) {
    read(
        path,
        entry -> {
          if (entry.hasRecord() && entry.getRecord().getTopic().equals(topic.topicName())) {
            action.accept(recordOf(entry.getRecord()));
          }
        });
  }

  private static void read(Path path, Consumer<RunFileEntry> action) {
    try (InputStream file = Files.newInputStream(path);
        InputStream bytes = new BufferedInputStream(new GZIPInputStream(file))) {
      RunFileEntry entry = RunFileEntry.parseDelimitedFrom(bytes);
      while (entry != null) {
        action.accept(entry);
        entry = RunFileEntry.parseDelimitedFrom(bytes);
      }
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(path + ": no such file", e);
    } catch (EOFException e) {
      throw new IllegalArgumentException(path + " was cut short; copy it again", e);
    } catch (ZipException e) {
      throw new IllegalArgumentException(
          path + " is no file of runs, or is damaged; './brink export --format brink' makes one",
          e);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(path + " is damaged: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path + " (" + e.getMessage() + ")", e);
    }
  }

  private static ConsumerRecord<byte[], byte[]> recordOf(RunFileRecord entry) {
    RecordHeaders headers = new RecordHeaders();
    for (RunFileRecordHeader each : entry.getHeadersList()) {
      headers.add(each.getKey(), each.hasValue() ? each.getValue().toByteArray() : null);
    }
    byte[] key = entry.getKey().toByteArray();
    byte[] value = entry.hasValue() ? entry.getValue().toByteArray() : null;
    return new ConsumerRecord<>(
        entry.getTopic(),
        entry.getPartition(),
        entry.getOffset(),
        entry.getTimestampMs(),
        TimestampType.CREATE_TIME,
        key.length,
        value == null ? -1 : value.length,
        key,
        value,
        headers,
        Optional.empty());
  }

  /** What a file turns out to hold. */
  private static final class Contents {
    private RunFileHeader header = RunFileHeader.getDefaultInstance();
    private long records;
    private long promised = -1;

    void take(RunFileEntry entry) {
      switch (entry.getEntryCase()) {
        case HEADER -> header = entry.getHeader();
        case RECORD -> records++;
        case END -> promised = entry.getEnd().getRecords();
        case ENTRY_NOT_SET -> {}
      }
    }

    RunFileHeader header(Path path) {
      if (header.getVersion() == 0) {
        throw new IllegalArgumentException(
            path + " is no file of runs; './brink export --format brink' makes one");
      }
      if (header.getVersion() > VERSION) {
        throw new IllegalArgumentException(
            "%s has layout %d, and this program reads %d; take a newer one"
                .formatted(path, header.getVersion(), VERSION));
      }
      return header;
    }

    long records(Path path) {
      if (promised != records) {
        throw new IllegalArgumentException(
            "%s was cut short: %s; write it again"
                .formatted(
                    path,
                    promised < 0
                        ? "it has no end"
                        : "%d of %d records are there".formatted(records, promised)));
      }
      return records;
    }
  }
}
