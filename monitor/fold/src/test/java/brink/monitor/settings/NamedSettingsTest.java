package brink.monitor.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamedSettingsTest {
  private final NamedSettings<Oven> oven =
      new NamedSettings<>("oven", Oven.class, new Oven(2, new Heat(1e-12), List.of(0.5, 1.0)));

  /**
   * Settings of an oven.
   *
   * @param trays how many
   * @param heat settings of its own
   * @param stages in order
   */
  public record Oven(int trays, Heat heat, List<Double> stages) {
    public Oven {
      Allowed.wholeBetween("trays", trays, 1, 4);
    }
  }

  /**
   * Settings that an oven has as a part.
   *
   * @param degrees of it
   */
  public record Heat(double degrees) {
    public Heat {
      Allowed.positive("degrees", degrees);
    }
  }

  @Test
  void texts_ofAllTypes_areInTheRecordsOrderUnderTheirFullNames() {
    assertThat(oven.texts().sequencedEntrySet())
        .containsExactly(
            Map.entry("oven.trays", "2"),
            Map.entry("oven.degrees", "1.0E-12"),
            Map.entry("oven.stages", "0.5,1"));
  }

  @Test
  void with_ownTexts_changesNothing() {
    assertThat(oven.with(oven.texts())).isEqualTo(oven.values());
  }

  @Test
  void with_someChanges_leavesTheOthersAlone() {
    assertThat(oven.with(Map.of("oven.trays", "3", "oven.stages", "2", "fridge.trays", "9")))
        .isEqualTo(new Oven(3, new Heat(1e-12), List.of(2.0)));
  }

  @Test
  void with_textOfAnotherType_saysWhatItIs() {
    assertThatThrownBy(() -> oven.with(Map.of("oven.trays", "2.5")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("oven.trays is '2.5'; it is a whole number");
    assertThatThrownBy(() -> oven.with(Map.of("oven.degrees", "much")))
        .hasMessage("oven.degrees is 'much'; it is a number");
    assertThatThrownBy(() -> oven.with(Map.of("oven.stages", "1,,2")))
        .hasMessage("oven.stages is '1,,2'; it is a list of numbers such as 0.5,1");
  }

  @Test
  void with_valueThatTheRecordRefuses_saysWhatIsAllowed() {
    assertThatThrownBy(() -> oven.with(Map.of("oven.trays", "5")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("oven.trays is 5; allowed are whole numbers from 1 to 4");
    assertThatThrownBy(() -> oven.with(Map.of("oven.degrees", "NaN")))
        .hasMessage("oven.degrees is NaN; allowed are numbers above 0");
  }

  @Test
  void nearest_ofMisspeltNames_isTheOneThatWasMeant() {
    List<String> names = List.of("detector.onsetSamples", "detector.startSamples", "flow.cadence");
    assertThat(Spelling.nearest("detector.onsetSample", names, 1))
        .containsExactly("detector.onsetSamples");
    assertThat(Spelling.nearest("DETECTOR.STARTSAMPLES", names, 1))
        .containsExactly("detector.startSamples");
    assertThat(Spelling.nearest("cadense", names, 1)).containsExactly("flow.cadence");
    assertThat(Spelling.nearest("flow.onsetSamples", names, 1))
        .containsExactly("detector.onsetSamples");
  }
}
