package brink.monitor.cli;

import brink.monitor.records.RecordStore;
import brink.monitor.records.RunStarts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which runs a command works on: named one by one, or a group. */
final class ChosenRuns {
  @Option(names = "--run", paramLabel = "ID", description = "The run; may be given several times.")
  private List<String> runIds = new ArrayList<>();

  @Option(names = "--group", paramLabel = "NAME", description = "All runs of this group.")
  private @Nullable String group;

  /**
   * Checks that there is a choice.
   *
   * @throws IllegalArgumentException if there is none
   */
  void check(RecordsOption records) {
    if (runIds.isEmpty() && group == null && !records.isFile()) {
      throw new IllegalArgumentException(
          "no run is named; --run ID or --group NAME does, ./brink runs lists them");
    }
  }

  /** Whether a group was chosen. */
  boolean isGroup() {
    return group != null;
  }

  /** The runs that are named one by one, which need not exist. */
  List<String> named() {
    return List.copyOf(new LinkedHashSet<>(runIds));
  }

  /**
   * Ids of the runs, each once; of a file, without a choice, all that it holds.
   *
   * @throws java.util.NoSuchElementException naming all that are not there
   */
  List<String> of(RecordsOption records, RecordStore store, RunStarts starts) {
    check(records);
    if (runIds.isEmpty() && group == null) {
      return records.runIds(store);
    }
    Set<String> ids = new LinkedHashSet<>(starts.require(runIds));
    if (group != null) {
      ids.addAll(starts.ofGroup(group));
    }
    return List.copyOf(ids);
  }
}
