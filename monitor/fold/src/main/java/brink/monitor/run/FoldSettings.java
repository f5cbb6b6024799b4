package brink.monitor.run;

import brink.monitor.flow.FlowSettings;
import brink.monitor.regime.DetectorSettings;
import brink.monitor.settings.NamedSettings;
import brink.monitor.settings.Spelling;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * All settings of the fold, which are addressed as {@code detector.NAME} and {@code flow.NAME}.
 *
 * @param detector of the regime detector
 * @param flow of the flow's fit
 */
public record FoldSettings(DetectorSettings detector, FlowSettings flow) {
  private static final FoldSettings DEFAULTS =
      new FoldSettings(DetectorSettings.defaults(), FlowSettings.defaults());

  /** Names that are offered for one that is unknown. */
  private static final int SUGGESTED = 3;

  /** Stands before each setting in a version; no value has one. */
  private static final String SEPARATOR = "+";

  /** The defaults of both. */
  public static FoldSettings defaults() {
    return DEFAULTS;
  }

  /**
   * These settings with other values in the place of some.
   *
   * @param changes texts by full name
   * @throws IllegalArgumentException if a name is unknown or a value is not allowed; the message
   *     says what is
   */
  public FoldSettings with(Map<String, String> changes) {
    changes.keySet().forEach(this::requireKnown);
    return new FoldSettings(detectorByName().with(changes), flowByName().with(changes));
  }

  /** All settings as text, by full name. */
  public SequencedMap<String, String> texts() {
    SequencedMap<String, String> texts = new LinkedHashMap<>(detectorByName().texts());
    texts.putAll(flowByName().texts());
    return texts;
  }

  /** Those settings that are not the defaults. */
  public SequencedMap<String, String> changes() {
    SequencedMap<String, String> changes = texts();
    changes.entrySet().removeAll(DEFAULTS.texts().entrySet());
    return changes;
  }

  /**
   * What each setting is and the reason for its default, in one line, by full name.
   *
   * @throws IllegalStateException if the sources of the records are not on the class path
   */
  public static Map<String, String> reasons() {
    Map<String, String> reasons = new HashMap<>(DEFAULTS.detectorByName().reasons());
    reasons.putAll(DEFAULTS.flowByName().reasons());
    return reasons;
  }

  /**
   * Version of the verdicts that these settings give: those of one version are reproducible bit for
   * bit. For example {@code 1}, or {@code 1+detector.evidence=30}.
   */
  public String version() {
    StringBuilder version = new StringBuilder(RunFold.DETECTOR_VERSION);
    changes()
        .forEach((name, text) -> version.append(SEPARATOR).append(name).append('=').append(text));
    return version.toString();
  }

  /** The settings of a version; empty where this program cannot reproduce its verdicts. */
  public static Optional<FoldSettings> ofVersion(String version) {
    String[] parts = version.split("\\" + SEPARATOR, -1);
    if (!parts[0].equals(RunFold.DETECTOR_VERSION)) {
      return Optional.empty();
    }
    Map<String, String> changes = new HashMap<>();
    for (int i = 1; i < parts.length; i++) {
      String[] setting = parts[i].split("=", 2);
      changes.put(setting[0], setting.length == 2 ? setting[1] : "");
    }
    try {
      return Optional.of(DEFAULTS.with(changes));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void requireKnown(String name) {
    var known = texts().sequencedKeySet();
    if (!known.contains(name)) {
      throw new IllegalArgumentException(
          "no setting is called '%s'; did you mean %s? 'brink replay --list-settings' lists all %d"
              .formatted(
                  name,
                  String.join(" or ", Spelling.nearest(name, known, SUGGESTED)),
                  known.size()));
    }
  }

  private NamedSettings<DetectorSettings> detectorByName() {
    return new NamedSettings<>("detector", DetectorSettings.class, detector);
  }

  private NamedSettings<FlowSettings> flowByName() {
    return new NamedSettings<>("flow", FlowSettings.class, flow);
  }
}
