package brink.distribution.security;

import brink.schemas.KafkaRight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/** The table of docs/security.md: command to rights. */
final class RightsTable {
  private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\| (`[A-Z].*) \\|$");
  private static final Pattern RIGHT =
      Pattern.compile("`([A-Z_]+) (topic|group|transactional-id) ([\\w.-]+)(\\*?)`");

  private RightsTable() {}

  static Map<String, List<KafkaRight>> read() throws IOException {
    Map<String, List<KafkaRight>> rows = new LinkedHashMap<>();
    for (String line : Files.readAllLines(page())) {
      ROW.matcher(line).results().forEach(row -> rows.put(row.group(1), rights(row.group(2))));
    }
    return rows;
  }

  private static List<KafkaRight> rights(String cell) {
    List<KafkaRight> rights = new ArrayList<>();
    RIGHT.matcher(cell).results().map(RightsTable::right).forEach(rights::add);
    return rights;
  }

  private static KafkaRight right(MatchResult found) {
    return new KafkaRight(
        AclOperation.valueOf(found.group(1)),
        ResourceType.valueOf(found.group(2).toUpperCase(Locale.ROOT).replace('-', '_')),
        found.group(3),
        found.group(4).isEmpty() ? PatternType.LITERAL : PatternType.PREFIXED);
  }

  private static Path page() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/security.md"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException(
            "no docs/security.md above " + Path.of("").toAbsolutePath());
      }
      folder = parent;
    }
    return folder.resolve("docs/security.md");
  }
}
