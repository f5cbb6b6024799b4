package brink.bench.detection;

import brink.bench.output.MarkdownTable;
import java.util.List;

/** The detector's scores as Markdown; runs that were kept from tuning by themselves. */
final class DetectionTables {
  private DetectionTables() {}

  static String render(List<RunScore> scores) {
    return "### The detector, by what is published\n\n"
        + byView(scores)
        + "\n### The detector, by family, with sharpness at every step\n\n"
        + byFamily(scores.stream().filter(score -> score.view() == View.FULL).toList());
  }

  private static String byView(List<RunScore> scores) {
    MarkdownTable table = new MarkdownTable(ViewScore.headings("published", "runs"));
    for (View view : View.values()) {
      List<RunScore> seen = scores.stream().filter(score -> score.view() == view).toList();
      add(table, view.words(), seen);
    }
    return table.render();
  }

  private static String byFamily(List<RunScore> scores) {
    MarkdownTable table = new MarkdownTable(ViewScore.headings("family", "runs"));
    scores.stream()
        .map(score -> score.run().family())
        .distinct()
        .sorted()
        .forEach(
            family ->
                add(
                    table,
                    family,
                    scores.stream().filter(s -> s.run().family().equals(family)).toList()));
    return table.render();
  }

  private static void add(MarkdownTable table, String what, List<RunScore> scores) {
    for (boolean heldOut : new boolean[] {false, true}) {
      List<RunScore> part = scores.stream().filter(s -> s.run().heldOut() == heldOut).toList();
      String runs = part.size() + (heldOut ? " held out" : " tuned on");
      table.add(new ViewScore(part).row(what, runs));
    }
  }
}
