package brink.distribution.observability;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PromQL expression and where it stands.
 *
 * @param where for people
 * @param promQl the expression, with the dashboard's variables in it
 * @param legend the legend's template, empty if none
 */
record Expression(String where, String promQl, String legend) {
  private static final Pattern LEGEND_LABEL = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");

  /** The expression with each {@code $name} replaced. */
  String with(Map<String, String> variables) {
    String result = promQl;
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      result = result.replace("$" + variable.getKey(), variable.getValue());
    }
    return result;
  }

  /** Labels that the legend shows. */
  List<String> legendLabels() {
    return LEGEND_LABEL.matcher(legend).results().map(found -> found.group(1)).toList();
  }

  /** Metrics and recorded series that the expression reads. */
  List<String> metrics() {
    Matcher names = NAME.matcher(NOT_A_NAME.matcher(promQl).replaceAll(" "));
    return names
        .results()
        .map(found -> found.group())
        .filter(n -> !KEYWORDS.contains(n))
        .distinct()
        .toList();
  }

  private static final List<String> KEYWORDS = List.of("or", "and", "unless", "offset", "bool");

  // Strings; label matchers; ranges; lists of labels; modifiers and functions, which an opening
  // parenthesis follows.
  private static final Pattern NOT_A_NAME =
      Pattern.compile(
          "\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]|\\b(?:by|on|without|ignoring|group_left|group_right)\\s*\\([^)]*\\)"
              + "|\\boffset\\s+\\w+|\\b\\w+(?=\\s*\\(|\\s+(?:by|without)\\b)|\\b\\d[\\w.]*");

  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
}
