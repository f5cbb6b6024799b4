package brink.trainer.sweep;

import brink.trainer.request.OptionException;
import brink.trainer.request.PublishingOptions;
import brink.trainer.request.RunOption;
import brink.trainer.request.RunOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads a study, in YAML: arms × settings × seeds.
 *
 * <pre>{@code
 * group: heavy-ball       # optional, as --group
 * settings:               # of all arms: options without their dashes
 *   steps: 4000
 *   lr: [0.25, 0.5]       # or lists and ranges as on the command line
 * arms:                   # optional: what each has beside or in the place of the settings
 *   plain: {}
 *   momentum: {momentum: 0.9, lr: 0.05}
 * seeds: 1..3             # optional, as --seed
 * }</pre>
 */
public final class StudyFile {
  private static final Set<String> KEYS = Set.of("group", "settings", "arms", "seeds");

  private final YamlText yaml;

  private StudyFile(Path path) {
    yaml = new YamlText(path);
  }

  /**
   * The arms of a study; one without a name where it has none.
   *
   * @throws OptionException naming file and line, what was expected and found
   */
  public static List<Arm> read(Path path) {
    return new StudyFile(path).arms();
  }

  private List<Arm> arms() {
    SequencedMap<String, YamlText.Entry> keys = yaml.mapping(yaml.root(), "a study");
    keys.forEach(
        (key, entry) -> {
          if (!KEYS.contains(key)) {
            throw yaml.wrong(
                entry.key(),
                "unknown key '%s', expected arms, group, seeds or settings; options such as steps stand below settings"
                    .formatted(key));
          }
        });
    SequencedMap<RunOption<?>, List<String>> last = new LinkedHashMap<>();
    put(last, "seed", keys.get("seeds"));
    put(last, "group", keys.get("group"));
    YamlText.Entry settings = keys.get("settings");
    Arm common = new Arm("", settings == null ? new LinkedHashMap<>() : settings(settings.value()));
    YamlText.Entry arms = keys.get("arms");
    if (arms == null) {
      return List.of(common.with(last));
    }
    List<Arm> named = new ArrayList<>();
    yaml.mapping(arms.value(), "arms")
        .forEach(
            (name, arm) ->
                named.add(new Arm(name, common.with(settings(arm.value())).with(last).values())));
    if (named.isEmpty()) {
      throw yaml.wrong(arms.key(), "expected arms, found none");
    }
    return List.copyOf(named);
  }

  private SequencedMap<RunOption<?>, List<String>> settings(Node node) {
    SequencedMap<RunOption<?>, List<String>> settings = new LinkedHashMap<>();
    yaml.mapping(node, "settings").forEach((name, entry) -> put(settings, name, entry));
    return settings;
  }

  private void put(
      SequencedMap<RunOption<?>, List<String>> settings,
      String name,
      YamlText.@Nullable Entry entry) {
    if (entry == null) {
      return;
    }
    RunOption<?> option =
        RunOptions.named("--" + name)
            .filter(known -> !known.equals(PublishingOptions.RUN_ID))
            .orElseThrow(
                () ->
                    yaml.wrong(
                        entry.key(),
                        "'%s' is no setting of a study; settings are the options of a run without their dashes, see './brink sweep --help'"
                            .formatted(name)));
    try {
      settings.put(option, values(option, yaml.texts(entry.value(), name)));
    } catch (IllegalArgumentException e) {
      throw yaml.wrong(entry.key(), name + ": " + e.getMessage());
    }
  }

  private static List<String> values(RunOption<?> option, List<String> written) {
    if (option.form().isNumeric()) {
      return SweptValues.of(option, String.join(",", written));
    }
    for (String text : written) {
      var _ = option.form().reader().apply(text);
    }
    return written;
  }
}
