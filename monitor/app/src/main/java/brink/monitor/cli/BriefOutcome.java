package brink.monitor.cli;

import brink.monitor.outcome.EdgeEntry;
import brink.monitor.outcome.RunOutcome;

/** What became of a run, as a table has room for. */
public final class BriefOutcome {
  private BriefOutcome() {}

  /** For example {@code EDGE@1,537}, with where it is now if that is somewhere else. */
  public static String of(RunOutcome outcome) {
    if (outcome.unknown() != null) {
      return "not known";
    }
    EdgeEntry edge = outcome.edge();
    String furthest = RegimeSentence.name(outcome.furthest());
    String entry = edge == null ? "" : "@" + BriefNumber.of(edge.best());
    String now =
        outcome.present() == outcome.furthest()
            ? ""
            : " → " + RegimeSentence.name(outcome.present());
    return furthest + entry + now;
  }
}
