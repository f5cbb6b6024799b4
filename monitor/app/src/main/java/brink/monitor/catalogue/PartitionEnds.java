package brink.monitor.catalogue;

import brink.monitor.intake.BoundedConsumer;
import brink.monitor.topology.ClusterView.Reach;
import brink.schemas.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Says how far partitions reach, and whether anything in them is left for a reader at some offset.
 *
 * <p>The end alone does not say that: the markers of transactions, records of aborted ones and what
 * retention deleted take offsets that no reader is ever given. So where the end is beyond the
 * reader's offset, the partition is read from there. Everything is asked by one thread, many
 * questions at once; the asking threads never wait.
 */
public final class PartitionEnds implements AutoCloseable {
  /** Kafka's own patience with a leader that is being elected is longer; nobody is held up. */
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private static final Duration POLL = Duration.ofMillis(100);
  private static final int FETCH_BYTES = 16 << 10;

  private final KafkaSettings kafka;
  private final String groupId;
  private final BlockingQueue<Question> questions = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean closed;

  private PartitionEnds(KafkaSettings kafka, String groupId) {
    this.kafka = kafka;
    this.groupId = groupId;
    this.thread = Thread.ofPlatform().name("brink-partition-ends").daemon().unstarted(this::answer);
  }

  /**
   * Starts to answer.
   *
   * @param groupId whose committed offsets count where a reader has none of its own yet
   */
  public static PartitionEnds open(KafkaSettings kafka, String groupId) {
    PartitionEnds ends = new PartitionEnds(kafka, groupId);
    ends.thread.start();
    return ends;
  }

  /** As {@link brink.monitor.topology.ClusterView#look}. */
  public CompletableFuture<Reach> look(TopicPartition partition, long position) {
    Question question = new Question(partition, position, new CompletableFuture<>());
    questions.add(question);
    return question.answer;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer() {
    List<Question> batch = List.of();
    while (!closed) {
      try {
        batch = next();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
          while (!closed) {
            answerAll(consumer, batch);
            batch = next();
          }
        }
      } catch (InterruptedException | InterruptException e) {
        return;
      } catch (KafkaException e) {
        // The next questions get a consumer of their own.
        batch.forEach(question -> question.answer.completeExceptionally(e));
      }
    }
  }

  private List<Question> next() throws InterruptedException {
    List<Question> batch = new ArrayList<>();
    batch.add(questions.take());
    questions.drainTo(batch);
    return batch;
  }

  private static void answerAll(KafkaConsumer<byte[], byte[]> consumer, List<Question> batch) {
    Map<TopicPartition, Reach> reaches = reaches(consumer, positions(batch));
    batch.forEach(question -> question.answer.complete(reaches.get(question.partition)));
  }

  // A partition belongs to one task, so that two questions about it are an old and a new one.
  private static Map<TopicPartition, Long> positions(List<Question> batch) {
    Map<TopicPartition, Long> positions = new HashMap<>();
    batch.forEach(question -> positions.merge(question.partition, question.position, Math::max));
    return positions;
  }

  private static Map<TopicPartition, Reach> reaches(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> read) {
    Set<TopicPartition> partitions = read.keySet();
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, ANSWER);
    Map<TopicPartition, OffsetAndMetadata> committed = committed(consumer, read);
    Map<TopicPartition, Reach> reaches = new HashMap<>();
    Map<TopicPartition, Long> from = new HashMap<>();
    for (TopicPartition partition : partitions) {
      long end = ends.getOrDefault(partition, 0L);
      long position =
          Math.max(
              begins.getOrDefault(partition, 0L),
              Math.max(read.getOrDefault(partition, -1L), offset(committed.get(partition))));
      if (position >= end) {
        reaches.put(partition, new Reach(end, true));
      } else {
        from.put(partition, position);
      }
    }
    if (!from.isEmpty()) {
      readOn(consumer, from, ends, reaches);
    }
    return reaches;
  }

  private static Map<TopicPartition, OffsetAndMetadata> committed(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> read) {
    Set<TopicPartition> unread = new HashSet<>(read.keySet());
    unread.removeIf(partition -> read.getOrDefault(partition, -1L) >= 0);
    return unread.isEmpty() ? Map.of() : consumer.committed(unread, ANSWER);
  }

  private static long offset(@Nullable OffsetAndMetadata committed) {
    return committed == null ? 0 : committed.offset();
  }

  /** Until each partition gave a record or was read to its end. */
  private static void readOn(
      KafkaConsumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> from,
      Map<TopicPartition, Long> ends,
      Map<TopicPartition, Reach> reaches) {
    consumer.assign(from.keySet());
    from.forEach(consumer::seek);
    long deadline = System.nanoTime() + ANSWER.toNanos();
    while (!from.isEmpty()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (from.containsKey(partition)) {
          long end = ends.getOrDefault(partition, 0L);
          reaches.put(partition, new Reach(end, record.offset() >= end));
          from.remove(partition);
        }
      }
      from.keySet()
          .removeIf(
              partition -> {
                long end = ends.getOrDefault(partition, 0L);
                boolean atEnd = consumer.position(partition, ANSWER) >= end;
                if (atEnd) {
                  reaches.put(partition, new Reach(end, true));
                }
                return atEnd;
              });
      if (System.nanoTime() - deadline > 0) {
        throw new TimeoutException(
            "no answer from %s in %d s".formatted(from.keySet(), ANSWER.toSeconds()));
      }
      consumer.pause(
          consumer.assignment().stream().filter(each -> !from.containsKey(each)).toList());
    }
    consumer.unsubscribe();
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> properties = new HashMap<>(kafka.consumer());
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    return new BoundedConsumer(properties);
  }

  private record Question(
      TopicPartition partition, long position, CompletableFuture<Reach> answer) {}
}
