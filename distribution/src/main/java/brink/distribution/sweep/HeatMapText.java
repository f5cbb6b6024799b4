package brink.distribution.sweep;

import brink.distribution.sweep.HeatMap.Cell;
import brink.distribution.sweep.HeatMap.Panel;
import brink.monitor.cli.FittedTable;
import java.util.ArrayList;
import java.util.List;

/** A heat map for terminals: each cell is a shade and its value. */
final class HeatMapText {
  private static final String[] SHADES = {"░░", "▒▒", "▓▓", "██"};
  private static final String GAP = "  ";

  private HeatMapText() {}

  /** The lines; none where nothing varies. */
  static List<String> lines(HeatMap map) {
    List<String> lines = new ArrayList<>();
    for (Panel panel : map.panels()) {
      lines.add("");
      lines.add(heading(map, panel));
      lines.addAll(lines(panel));
    }
    return lines;
  }

  private static String heading(HeatMap map, Panel panel) {
    String where = panel.title().isEmpty() ? "" : ", " + panel.title();
    String down = panel.down().isEmpty() ? "" : panel.down() + " down, ";
    return "%s%s (%s%s across; %s lowest, %s highest)"
        .formatted(map.measure().words(), where, down, panel.across(), SHADES[0], SHADES[3]);
  }

  private static List<String> lines(Panel panel) {
    List<String> head = new ArrayList<>(List.of(""));
    head.addAll(panel.columns());
    List<List<String>> rows = new ArrayList<>();
    for (int row = 0; row < panel.rows().size(); row++) {
      List<String> line = new ArrayList<>(List.of(panel.rows().get(row)));
      panel.cells().get(row).forEach(cell -> line.add(text(cell)));
      rows.add(line);
    }
    return FittedTable.wide(head, rows).stream().map(line -> GAP + line).toList();
  }

  private static String text(Cell cell) {
    if (Double.isNaN(cell.shade())) {
      return "-";
    }
    int shade = (int) Math.min(SHADES.length - 1, cell.shade() * SHADES.length);
    return SHADES[shade] + " " + cell.text();
  }
}
