package brink.monitor.cli;

import brink.monitor.catalogue.RunEntry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;

/** Runs of a list that are named by their ids. */
final class NamedRuns {
  private NamedRuns() {}

  /**
   * Those with these ids, each once, in the order of the ids.
   *
   * @throws NoSuchElementException naming all that are not there
   */
  static List<RunEntry> among(List<RunEntry> runs, List<String> runIds) {
    List<RunEntry> found = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (String runId : new LinkedHashSet<>(runIds)) {
      runs.stream()
          .filter(run -> run.runId().equals(runId))
          .findFirst()
          .ifPresentOrElse(found::add, () -> unknown.add(runId));
    }
    if (!unknown.isEmpty()) {
      throw new NoSuchElementException(
          "%s '%s'; ./brink runs lists them"
              .formatted(
                  unknown.size() == 1 ? "no run has the id" : "no runs have the ids",
                  String.join("', '", unknown)));
    }
    return found;
  }
}
