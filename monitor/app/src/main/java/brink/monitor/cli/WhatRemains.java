package brink.monitor.cli;

import brink.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Kafka keeps of a run that was deleted, by the settings that Brink makes topics with. */
final class WhatRemains {
  private static final long GIB = 1L << 30;

  private WhatRemains() {}

  static List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Kafka keeps the records, unless its topics were set otherwise:");
    Map<String, List<String>> topics = new LinkedHashMap<>();
    for (Topic topic : Topic.all()) {
      if (topic != Topic.NOTES) {
        topics.computeIfAbsent(time(topic), _ -> new ArrayList<>()).add(topic.topicName());
      }
    }
    topics.forEach(
        (time, names) -> lines.add("  %s: %s".formatted(String.join(", ", names), time)));
    lines.add(
        "Until then 'replay', 'report' and 'export' find a deleted run by its id, which no other"
            + " run can take, and 'delete --undo' brings it back. What people wrote about it goes"
            + " with Kafka's next compaction of brink.notes.");
    return lines;
  }

  private static String time(Topic topic) {
    Duration time = topic.retention();
    return (time == null ? "for ever" : time.toDays() + " days") + size(topic.retentionBytes());
  }

  private static String size(@Nullable Long bytes) {
    return bytes == null
        ? ""
        : ", and no more than %d GiB of each partition".formatted(bytes / GIB);
  }
}
