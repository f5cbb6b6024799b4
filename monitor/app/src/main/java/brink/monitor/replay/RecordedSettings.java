package brink.monitor.replay;

import brink.monitor.run.FoldSettings;
import brink.monitor.topology.WallClockVerdicts;
import brink.v1.RegimeChanged;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings that a run's recorded verdicts were made with.
 *
 * @param settings those of the newest verdict; the defaults where there is none, or where this
 *     program cannot reproduce it
 * @param caveat why a replay with them may differ from the record; null where nothing speaks for it
 */
public record RecordedSettings(FoldSettings settings, @Nullable String caveat) {
  /** From the recorded verdicts of one run; the wall clock's are passed over. */
  static RecordedSettings of(List<RegimeChanged> recorded) {
    List<String> versions =
        recorded.stream()
            .filter(change -> !WallClockVerdicts.isOne(change))
            .map(RegimeChanged::getDetectorVersion)
            .distinct()
            .toList();
    if (versions.isEmpty()) {
      return new RecordedSettings(FoldSettings.defaults(), null);
    }
    Optional<FoldSettings> newest = FoldSettings.ofVersion(versions.getLast());
    if (newest.isEmpty()) {
      return new RecordedSettings(
          FoldSettings.defaults(),
          "the recorded verdicts are of detector version %s, and this program has %s"
              .formatted(versions.getLast(), FoldSettings.defaults().version()));
    }
    return new RecordedSettings(
        newest.get(),
        versions.size() == 1
            ? null
            : "the recorded verdicts are of several settings, the newest last: "
                + String.join(", ", versions));
  }
}
