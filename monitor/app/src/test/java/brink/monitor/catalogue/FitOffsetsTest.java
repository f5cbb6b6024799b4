package brink.monitor.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FitOffsetsTest {
  @Test
  void beginOf_aRunWithFits_isItsFirst() {
    FitOffsets offsets = new FitOffsets(10);
    offsets.take("other", 3, 7);
    offsets.take("run", 3, 9);
    offsets.take("run", 3, 12);

    assertThat(offsets.beginOf("run", 3)).isEqualTo(9);
  }

  @Test
  void beginOf_aRunWithoutFits_isWhatWasNotReadYet() {
    FitOffsets offsets = new FitOffsets(10);
    offsets.take("other", 3, 7);

    assertThat(offsets.beginOf("run", 3)).isEqualTo(8);
    assertThat(offsets.beginOf("run", 4)).isZero();
  }

  @Test
  void beginOf_aRunWhoseFitsLieElsewhere_isTheBeginning() {
    FitOffsets offsets = new FitOffsets(10);
    offsets.take("other", 3, 7);
    offsets.take("run", 4, 2);

    assertThat(offsets.beginOf("run", 3)).isZero();
  }

  @Test
  void beginOf_afterARunWasLeftOut_isTheBeginningWhereNothingIsKnown() {
    FitOffsets offsets = new FitOffsets(2);
    offsets.take("a", 3, 1);
    offsets.take("b", 3, 2);
    offsets.take("c", 3, 3);

    assertThat(offsets.beginOf("a", 3)).isZero();
    assertThat(offsets.beginOf("c", 3)).isEqualTo(3);
  }
}
