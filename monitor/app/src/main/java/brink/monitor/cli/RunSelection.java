package brink.monitor.cli;

import brink.monitor.catalogue.RunEntry;
import brink.monitor.catalogue.RunEntry.Status;
import brink.v1.RunStarted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  @Option(
      names = "--archived",
      description = "Runs that were put away ('edit --archive'), too; else they are left out.")
  private boolean archived;

  List<RunEntry> of(List<RunEntry> runs) {
    return runs.stream().filter(run -> (archived || !run.isArchived()) && selects(run)).toList();
  }

  /** How many are left out for nothing but being archived. */
  long archivedOf(List<RunEntry> runs) {
    return archived ? 0 : runs.stream().filter(run -> run.isArchived() && selects(run)).count();
  }

  private boolean selects(RunEntry run) {
    RunStarted started = run.started();
    return (group == null || (started != null && started.getGroup().equals(group)))
        && (statuses.isEmpty() || statuses.contains(run.status()))
        && tags.entrySet().stream().allMatch(tag -> has(run, tag.getKey(), tag.getValue()));
  }

  private static boolean has(RunEntry run, String key, String value) {
    String tag = value.isEmpty() ? key : key + "=" + value;
    return RunTags.of(run).stream()
        .anyMatch(each -> each.equals(tag) || (value.isEmpty() && each.startsWith(key + "=")));
  }
}
