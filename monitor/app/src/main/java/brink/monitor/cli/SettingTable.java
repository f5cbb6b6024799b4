package brink.monitor.cli;

import brink.monitor.run.FoldSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every setting with its default and the reason for it. */
final class SettingTable {
  private SettingTable() {}

  static List<String> lines() {
    Map<String, String> reasons = FoldSettings.reasons();
    List<List<String>> rows = new ArrayList<>();
    FoldSettings.defaults()
        .texts()
        .forEach((name, text) -> rows.add(List.of(name, text, reasons.getOrDefault(name, ""))));
    return FittedTable.wide(List.of("SETTING", "DEFAULT", "WHAT IT IS AND WHY"), rows);
  }
}
