package brink.monitor.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The reason for each setting: its {@code @param} in the Javadoc of the record, whose source lies
 * beside the class. So there is one text for those who read the code and those who run it.
 */
final class SettingReasons {
  private static final Pattern PARAM =
      Pattern.compile(
          "^ \\* @param (\\w+) (.*?)(?=^ \\* @|^ \\*/)", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern LINE_BREAK = Pattern.compile("\\s*\\R( \\*)?\\s*");
  private static final Pattern TAG = Pattern.compile("\\{@\\w+ ([^}]*)}");

  private SettingReasons() {}

  /**
   * Reasons by the component's name, each in one line.
   *
   * @throws IllegalStateException if the source is not there
   */
  static Map<String, String> of(Class<? extends Record> type) {
    String source = source(type);
    Map<String, String> reasons = new HashMap<>();
    Matcher matcher = PARAM.matcher(source.substring(0, source.indexOf("public record")));
    while (matcher.find()) {
      String line = LINE_BREAK.matcher(matcher.group(2).strip()).replaceAll(" ");
      reasons.put(matcher.group(1), TAG.matcher(line).replaceAll("$1"));
    }
    return reasons;
  }

  private static String source(Class<? extends Record> type) {
    try (InputStream file = type.getResourceAsStream(type.getSimpleName() + ".java")) {
      if (file == null) {
        throw new IllegalStateException(
            "the source of %s is not on the class path; monitor/fold/pom.xml puts it there"
                .formatted(type.getName()));
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
