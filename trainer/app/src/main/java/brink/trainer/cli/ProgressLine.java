package brink.trainer.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/**
 * Progress as one line: what a person looks for comes first, and what there is no room for is left
 * out from the end, the name of the run before all else.
 *
 * @param task name of the run
 */
record ProgressLine(String task) implements ProgressBarRenderer {
  private static final String GAP = "  ";
  private static final int SHORTEST_BAR = 10;
  private static final int LONGEST_BAR = 30;

  @Override
  public String render(ProgressState progress, int width) {
    return of(
        new Moment(
            progress.getStart(),
            progress.getCurrent(),
            progress.getMax(),
            progress.getElapsedAfterStart(),
            progress.getExtraMessage().strip()),
        width);
  }

  /**
   * How far a run is.
   *
   * @param first steps that were done when it began to be shown
   * @param done steps that are done
   * @param planned steps in all
   * @param elapsed time since it began to be shown
   * @param values loss and stability ratio
   */
  record Moment(long first, long done, long planned, Duration elapsed, String values) {
    private String share() {
      return String.format(Locale.ROOT, "%3d %%", planned <= 0 ? 0 : 100 * done / planned);
    }

    private String steps() {
      return String.format(Locale.ROOT, "%,d/%,d", done, planned);
    }

    private String left() {
      long taken = done - first;
      if (taken <= 0 || done >= planned) {
        return "";
      }
      long seconds = elapsed.toSeconds() * (planned - done) / taken;
      return seconds < 3600
          ? String.format(Locale.ROOT, "%d:%02d left", seconds / 60, seconds % 60)
          : String.format(
              Locale.ROOT, "%d:%02d:%02d left", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
  }

  String of(Moment now, int width) {
    List<String> parts = new ArrayList<>(List.of(now.share(), now.steps()));
    for (String optional : List.of(now.values(), now.left(), task)) {
      if (!optional.isEmpty() && length(parts) + GAP.length() + optional.length() <= width) {
        parts.add(optional);
      }
    }
    int room = Math.min(LONGEST_BAR, width - length(parts) - GAP.length());
    if (room >= SHORTEST_BAR) {
      parts.add(1, bar(now, room - 2));
    }
    return String.join(GAP, parts);
  }

  private static int length(List<String> parts) {
    return parts.stream().mapToInt(String::length).sum() + GAP.length() * (parts.size() - 1);
  }

  private static String bar(Moment now, int cells) {
    long full = now.planned() <= 0 ? 0 : Math.min(cells, cells * now.done() / now.planned());
    StringBuilder bar = new StringBuilder("[");
    bar.repeat('=', (int) full);
    bar.append(full < cells ? ">" : "");
    bar.repeat(' ', (int) Math.max(0, cells - full - 1));
    return bar.append(']').toString();
  }
}
