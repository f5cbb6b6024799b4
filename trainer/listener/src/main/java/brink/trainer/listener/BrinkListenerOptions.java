package brink.trainer.listener;

import brink.schemas.KafkaSettings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link BrinkListener} publishes beside the steps, and where.
 *
 * @param kafka where to
 * @param name of the run, for people
 * @param runId key of all its records, unique; null to make one up
 * @param group name that several runs share; empty if none
 * @param tags free labels
 * @param dataset in words; empty if unknown
 * @param trainSize number of training examples; null if unknown
 * @param isFailing whether trouble with Kafka is thrown into the training instead of logged
 */
public record BrinkListenerOptions(
    KafkaSettings kafka,
    String name,
    @Nullable String runId,
    String group,
    Map<String, String> tags,
    String dataset,
    @Nullable Long trainSize,
    boolean isFailing) {
  public BrinkListenerOptions {
    tags = Map.copyOf(tags);
  }

  /** A run of which only the name is known. */
  public static BrinkListenerOptions of(KafkaSettings kafka, String name) {
    return new BrinkListenerOptions(kafka, name, null, "", Map.of(), "", null, false);
  }

  /** The same with an id of its own. */
  public BrinkListenerOptions withRunId(String id) {
    return new BrinkListenerOptions(kafka, name, id, group, tags, dataset, trainSize, isFailing);
  }

  /** The same in a group of runs. */
  public BrinkListenerOptions withGroup(String other) {
    return new BrinkListenerOptions(kafka, name, runId, other, tags, dataset, trainSize, isFailing);
  }

  /** The same with one more label. */
  public BrinkListenerOptions withTag(String key, String value) {
    Map<String, String> more = new HashMap<>(tags);
    more.put(key, value);
    return new BrinkListenerOptions(kafka, name, runId, group, more, dataset, trainSize, isFailing);
  }

  /**
   * The same with a data set.
   *
   * @param words what it is
   * @param size number of training examples
   */
  public BrinkListenerOptions withDataset(String words, long size) {
    return new BrinkListenerOptions(kafka, name, runId, group, tags, words, size, isFailing);
  }

  /** The same, but trouble with Kafka is thrown into the training. */
  public BrinkListenerOptions failing() {
    return new BrinkListenerOptions(kafka, name, runId, group, tags, dataset, trainSize, true);
  }
}
