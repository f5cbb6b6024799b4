package brink.monitor.cli;

import brink.monitor.catalogue.RunEntry;
import brink.v1.RunNote;
import brink.v1.RunStarted;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The tags of a run: the producer's, and those that people gave it. */
final class RunTags {
  private RunTags() {}

  /** As KEY=VALUE or words; the producer's first, by their names. */
  static List<String> of(RunEntry run) {
    RunStarted started = run.started();
    RunNote note = run.note();
    Map<String, String> producers = started == null ? Map.of() : started.getTagsMap();
    List<String> peoples = note == null ? List.of() : note.getTagsList();
    return Stream.concat(
            new TreeMap<>(producers)
                .entrySet().stream().map(tag -> tag.getKey() + "=" + tag.getValue()),
            peoples.stream())
        .toList();
  }
}
