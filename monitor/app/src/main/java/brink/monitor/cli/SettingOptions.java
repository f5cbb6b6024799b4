package brink.monitor.cli;

import brink.monitor.run.FoldSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Settings of detector and flow, as the commands that follow runs take them. */
final class SettingOptions {
  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description =
          "Another value for a setting of the detector or the flow, for example"
              + " detector.evidence=30; may be given several times. 'brink replay"
              + " --list-settings' lists them.")
  private List<String> set = new ArrayList<>();

  /** Whether any was given. */
  boolean given() {
    return !set.isEmpty();
  }

  /**
   * The defaults with the given values in their places.
   *
   * @throws IllegalArgumentException if a name is unknown, given twice, or its value not allowed
   */
  FoldSettings settings() {
    Map<String, String> changes = new LinkedHashMap<>();
    for (String setting : set) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "--set takes NAME=VALUE, for example detector.evidence=30, not '%s'"
                .formatted(setting));
      }
      if (changes.put(setting.substring(0, equals), setting.substring(equals + 1)) != null) {
        throw new IllegalArgumentException(
            "--set: %s is set twice; leave one out".formatted(setting.substring(0, equals)));
      }
    }
    try {
      return FoldSettings.defaults().with(changes);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--set: " + e.getMessage(), e);
    }
  }

  /** Settings in words: those that are not the defaults. */
  static String describe(FoldSettings settings) {
    Map<String, String> changes = settings.changes();
    return changes.isEmpty()
        ? "default settings"
        : String.join(
            ", ", changes.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
  }
}
