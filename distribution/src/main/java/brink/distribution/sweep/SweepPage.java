package brink.distribution.sweep;

import brink.distribution.sweep.HeatMap.Cell;
import brink.distribution.sweep.HeatMap.Panel;
import brink.monitor.cli.FittedTable.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A sweep as one HTML file that opens anywhere: its heat map as SVG, and its table. */
final class SweepPage {
  private static final int WIDTH = 110;
  private static final int HEIGHT = 34;
  private static final int MARGIN = 110;
  private static final int HEAD = 48;

  /** Light to dark, so that it reads in grey, too: lightness and hue of HSL at the two ends. */
  private static final double[] LIGHTNESS = {92, 38};

  private static final double[] HUE = {205, 265};

  /** Of a cell, from which on its text is white. */
  private static final double DARK = 0.55;

  private static final String STYLE =
      """
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; color: #1c2430; }
      table { border-collapse: collapse; margin-top: 2rem; }
      th, td { padding: .2rem .8rem; text-align: left; border-bottom: 1px solid #dde3ea; }
      svg text { font: 13px system-ui, sans-serif; }
      """;

  private SweepPage() {}

  /** The file's text. */
  static String html(String group, HeatMap map, SweepTable table) {
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>")
        .append(escaped(group))
        .append("</title>\n<style>\n")
        .append(STYLE)
        .append("</style></head>\n<body>\n<h1>")
        .append(escaped(group))
        .append("</h1>\n");
    for (Panel panel : map.panels()) {
      String title = panel.title().isEmpty() ? "" : ", " + panel.title();
      page.append("<h2>").append(escaped(map.measure().words() + title)).append("</h2>\n");
      page.append(svg(panel));
    }
    return page.append(table(table)).append("</body>\n</html>\n").toString();
  }

  private static String svg(Panel panel) {
    List<String> parts = new ArrayList<>();
    int width = MARGIN + WIDTH * panel.columns().size();
    int height = HEAD + HEIGHT * panel.rows().size();
    parts.add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" role=\"img\">"
            .formatted(width, height));
    parts.add(text(MARGIN, 16, "start", "#1c2430", panel.across()));
    parts.add(text(0, HEAD - 8, "start", "#1c2430", panel.down()));
    for (int column = 0; column < panel.columns().size(); column++) {
      int middle = MARGIN + WIDTH * column + WIDTH / 2;
      parts.add(text(middle, HEAD - 8, "middle", "#1c2430", panel.columns().get(column)));
    }
    for (int row = 0; row < panel.rows().size(); row++) {
      int top = HEAD + HEIGHT * row;
      parts.add(text(0, top + HEIGHT / 2 + 5, "start", "#1c2430", panel.rows().get(row)));
      for (int column = 0; column < panel.columns().size(); column++) {
        parts.add(cell(panel.cells().get(row).get(column), MARGIN + WIDTH * column, top));
      }
    }
    parts.add("</svg>\n");
    return String.join("\n", parts);
  }

  private static String cell(Cell cell, int left, int top) {
    boolean known = !Double.isNaN(cell.shade());
    String fill = known ? colour(cell.shade()) : "none";
    String ink = known && cell.shade() > DARK ? "#fff" : "#1c2430";
    return "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\" stroke=\"#fff\"/>"
            .formatted(left, top, WIDTH, HEIGHT, fill)
        + text(left + WIDTH / 2, top + HEIGHT / 2 + 5, "middle", ink, known ? cell.text() : "–");
  }

  private static String colour(double shade) {
    return String.format(
        Locale.ROOT,
        "hsl(%.0f 60%% %.0f%%)",
        HUE[0] + (HUE[1] - HUE[0]) * shade,
        LIGHTNESS[0] + (LIGHTNESS[1] - LIGHTNESS[0]) * shade);
  }

  private static String text(int x, int y, String anchor, String ink, String text) {
    return "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"%s\">%s</text>"
        .formatted(x, y, anchor, ink, escaped(text));
  }

  private static String table(SweepTable table) {
    StringBuilder html = new StringBuilder("<table>\n");
    row(html, "th", table.columns().stream().map(Column::header).toList());
    table.cells().forEach(cells -> row(html, "td", cells));
    return html.append("</table>\n").toString();
  }

  private static void row(StringBuilder html, String tag, List<String> cells) {
    html.append("<tr>");
    for (String cell : cells) {
      html.append("<%s>%s</%s>".formatted(tag, escaped(cell), tag));
    }
    html.append("</tr>\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
