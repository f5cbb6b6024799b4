package brink.monitor.replay;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.run.FoldSettings;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecordedSettingsTest {
  private static final FoldSettings DEFAULTS = FoldSettings.defaults();
  private static final FoldSettings CHANGED = DEFAULTS.with(Map.of("detector.startSamples", "16"));

  @Test
  void settings_ofNoVerdict_areTheDefaults() {
    assertThat(RecordedSettings.of(List.of())).isEqualTo(new RecordedSettings(DEFAULTS, null));
  }

  @Test
  void settings_ofOneVersion_areThoseThatItNames() {
    assertThat(RecordedSettings.of(verdicts(CHANGED.version(), CHANGED.version())))
        .isEqualTo(new RecordedSettings(CHANGED, null));
  }

  @Test
  void settings_withVerdictsOfTheWallClock_passOverThem() {
    RegimeChanged stalled =
        RegimeChanged.newBuilder()
            .setTo(Regime.REGIME_STALLED)
            .setDetectorVersion("wall-clock-1")
            .build();
    assertThat(RecordedSettings.of(List.of(verdicts(CHANGED.version()).getFirst(), stalled)))
        .isEqualTo(new RecordedSettings(CHANGED, null));
  }

  @Test
  void settings_ofSeveralVersions_areTheNewestAndSaySo() {
    RecordedSettings recorded =
        RecordedSettings.of(verdicts(DEFAULTS.version(), CHANGED.version()));
    assertThat(recorded.settings()).isEqualTo(CHANGED);
    assertThat(recorded.caveat()).contains("several settings", CHANGED.version());
  }

  @Test
  void settings_ofAnotherDetector_areTheDefaultsAndSaySo() {
    RecordedSettings recorded = RecordedSettings.of(verdicts("0+detector.old=3"));
    assertThat(recorded.settings()).isEqualTo(DEFAULTS);
    assertThat(recorded.caveat()).contains("0+detector.old=3", DEFAULTS.version());
  }

  private static List<RegimeChanged> verdicts(String... versions) {
    return Stream.of(versions)
        .map(version -> RegimeChanged.newBuilder().setDetectorVersion(version).build())
        .toList();
  }
}
