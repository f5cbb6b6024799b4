package brink.monitor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brink.monitor.flow.FlowSettings;
import brink.monitor.regime.DetectorSettings;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FoldSettingsTest {
  private static final FoldSettings DEFAULTS = FoldSettings.defaults();

  static Stream<String> names() {
    return DEFAULTS.texts().keySet().stream();
  }

  @Test
  void texts_ofTheDefaults_nameEveryComponentOfBothRecords() {
    assertThat(DEFAULTS.texts())
        .hasSize(
            (int) (settings(DetectorSettings.class).count() + settings(FlowSettings.class).count()))
        .containsKeys("detector.startSamples", "flow.cadence");
    assertThat(DEFAULTS.with(DEFAULTS.texts())).isEqualTo(DEFAULTS);
  }

  /** A setting without a check would take it, and a fold without sense would follow. */
  @ParameterizedTest
  @MethodSource("names")
  void with_senselessValue_isRefusedByItsName(String name) {
    String senseless = isWhole(name) ? "-1" : "NaN";
    assertThatThrownBy(() -> DEFAULTS.with(Map.of(name, senseless)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name + " is " + senseless + "; allowed are ");
  }

  @ParameterizedTest
  @MethodSource("names")
  void reason_ofEverySetting_isSentencesInOneLine(String name) {
    assertThat(FoldSettings.reasons().get(name))
        .matches("[\\p{Lu}κλ‖].+\\.")
        .doesNotContain("\n", "*", "@param");
  }

  @Test
  void reason_ofSeveralLines_isWholeAndEndsWhereItDoes() {
    assertThat(FoldSettings.reasons())
        .containsEntry(
            "flow.cadence",
            "Bins are this wide and fits this far apart, in units of flow time: a hundredth of the"
                + " scale on which anything changes.")
        .containsEntry(
            "flow.quantile",
            "This quantile of the normal distribution belongs to the probability, and has to be set"
                + " together with it.");
  }

  @Test
  void with_unknownName_namesTheNearestAndWhereAllAre() {
    assertThatThrownBy(() -> DEFAULTS.with(Map.of("detector.onsetSample", "16")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("did you mean detector.startSamples or ")
        .hasMessageEndingWith("'brink replay --list-settings' lists all " + DEFAULTS.texts().size())
        .hasMessageNotContaining("flow.quantile");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "flow.horizons 2,1 each",
        "flow.horizons 1,1 each",
        "flow.horizons 1,1e20 1000",
        "flow.cadence 1e300 1000",
        "detector.evidence 1e308 up",
        "detector.startEvidence 1e7 up",
        "detector.window 1000000000 even",
        "detector.slowSamples 2000000000 whole"
      })
  void with_valueOutOfReach_isRefusedByItsName(String name, String value, String allowed) {
    assertThatThrownBy(() -> DEFAULTS.with(Map.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name + " is ")
        .hasMessageContaining(allowed);
  }

  @Test
  void with_probabilityOfAnotherQuantile_isRefusedByBothNames() {
    assertThatThrownBy(() -> DEFAULTS.with(Map.of("flow.probability", "0.9")))
        .hasMessage(
            "flow.probability is 0.9 and flow.quantile 1.2816, which belongs to 0.8000; set both to"
                + " go together");
    assertThat(
            DEFAULTS
                .with(Map.of("flow.probability", "0.9", "flow.quantile", "1.645"))
                .flow()
                .forecast()
                .quantile())
        .isEqualTo(1.645);
  }

  @Test
  void with_twoThatDependOnEachOther_takesBothOrNone() {
    Map<String, String> cosines =
        Map.of("detector.oscillationCosine", "-0.4", "detector.quietCosine", "-0.3");
    assertThat(DEFAULTS.with(cosines).detector().oscillation().quietCosine()).isEqualTo(-0.3);
    assertThatThrownBy(() -> DEFAULTS.with(Map.of("detector.oscillationCosine", "-0.4")))
        .hasMessage("detector.quietCosine is -0.5; allowed are numbers from -0.4 to 1");
  }

  @Test
  void version_ofTheDefaults_isThatOfTheDetector() {
    assertThat(DEFAULTS.version()).isEqualTo(RunFold.DETECTOR_VERSION);
    assertThat(FoldSettings.ofVersion(RunFold.DETECTOR_VERSION)).contains(DEFAULTS);
  }

  @Test
  void version_ofOtherSettings_namesThemAndReadsBack() {
    FoldSettings changed =
        DEFAULTS.with(
            Map.of(
                "flow.horizons", "1e-20,0.25",
                "detector.startSamples", "016",
                "detector.window", "8"));
    assertThat(changed.version())
        .isEqualTo(
            RunFold.DETECTOR_VERSION + "+detector.startSamples=16+flow.horizons=1.0E-20,0.25");
    assertThat(changed.flow().forecast().horizons()).isEqualTo(List.of(1e-20, 0.25));
    assertThat(FoldSettings.ofVersion(changed.version())).contains(changed);
  }

  @Test
  void version_ofAnotherDetectorOrOtherSettings_cannotBeReproduced() {
    assertThat(FoldSettings.ofVersion("0")).isEmpty();
    assertThat(FoldSettings.ofVersion("wall-clock-1")).isEmpty();
    assertThat(FoldSettings.ofVersion("")).isEmpty();
    String version = RunFold.DETECTOR_VERSION;
    assertThat(FoldSettings.ofVersion(version + "+detector.gone=1")).isEmpty();
    assertThat(FoldSettings.ofVersion(version + "+detector.startSamples")).isEmpty();
  }

  /** Those of a record and of the records in it. */
  private static Stream<RecordComponent> settings(Class<?> type) {
    return Stream.of(type.getRecordComponents())
        .flatMap(
            component ->
                component.getType().isRecord()
                    ? settings(component.getType())
                    : Stream.of(component));
  }

  private static boolean isWhole(String name) {
    return Stream.of(DetectorSettings.class, FlowSettings.class)
        .flatMap(FoldSettingsTest::settings)
        .anyMatch(
            component ->
                name.endsWith("." + component.getName()) && component.getType() == int.class);
  }
}
