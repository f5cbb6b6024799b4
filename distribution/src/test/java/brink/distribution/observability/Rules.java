package brink.distribution.observability;

import java.util.List;
import java.util.regex.Pattern;

/** What the rule file says, read line by line; promtool checks its syntax. */
final class Rules {
  static final String FILE = "grafana/prometheus/rules/brink.yml";

  private Rules() {}

  static List<String> alerts() {
    return names("alert");
  }

  /** Names of the recorded series. */
  static List<String> recorded() {
    return names("record");
  }

  private static List<String> names(String kind) {
    Pattern line = Pattern.compile("^\\s*- " + kind + ": (\\S+)$", Pattern.MULTILINE);
    return line.matcher(Repository.read(FILE)).results().map(found -> found.group(1)).toList();
  }
}
