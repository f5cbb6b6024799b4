package brink.monitor.cli;

import brink.monitor.catalogue.RunEntry;
import brink.monitor.catalogue.RunEntry.Status;
import brink.v1.RunStarted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which of all runs are listed. */
final class RunSelection {
  @Option(names = "--group", paramLabel = "NAME", description = "Only runs of this group.")
  private @Nullable String group;

  @Option(
      names = "--status",
      split = ",",
      paramLabel = "STATUS",
      description =
          "Only runs with one of these: running, silent, completed, stopped, diverged, failed.")
  private List<Status> statuses = new ArrayList<>();

  @Option(
      names = "--tag",
      mapFallbackValue = "",
      paramLabel = "KEY[=VALUE]",
      description = "Only runs with this tag, and this value of it if one is given; repeatable.")
  private Map<String, String> tags = new LinkedHashMap<>();

  List<RunEntry> of(List<RunEntry> runs) {
    return runs.stream().filter(this::selects).toList();
  }

  private boolean selects(RunEntry run) {
    RunStarted started = run.started();
    return (group == null || (started != null && started.getGroup().equals(group)))
        && (statuses.isEmpty() || statuses.contains(run.status()))
        && tags.entrySet().stream().allMatch(tag -> has(started, tag.getKey(), tag.getValue()));
  }

  private static boolean has(@Nullable RunStarted started, String key, String value) {
    if (started == null || !started.containsTags(key)) {
      return false;
    }
    return value.isEmpty() || Objects.equals(started.getTagsMap().get(key), value);
  }
}
