package brink.distribution.sweep;

import brink.distribution.sweep.HeatMap.Cell;
import brink.distribution.sweep.HeatMap.Panel;
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
    List<List<String>> table = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of(""));
    head.addAll(panel.columns());
    table.add(head);
    for (int row = 0; row < panel.rows().size(); row++) {
      List<String> line = new ArrayList<>(List.of(panel.rows().get(row)));
      panel.cells().get(row).forEach(cell -> line.add(text(cell)));
      table.add(line);
    }
    return aligned(table);
  }

  private static String text(Cell cell) {
    if (Double.isNaN(cell.shade())) {
      return "-";
    }
    int shade = (int) Math.min(SHADES.length - 1, cell.shade() * SHADES.length);
    return SHADES[shade] + " " + cell.text();
  }

  private static List<String> aligned(List<List<String>> table) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : table) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int at = column;
        int width = table.stream().mapToInt(each -> each.get(at).length()).max().orElse(0);
        line.append(GAP).append(row.get(column));
        line.repeat(' ', width - row.get(column).length());
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
