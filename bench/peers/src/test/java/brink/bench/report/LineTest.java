package brink.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import brink.bench.report.Line.Verdict;
import brink.bench.statistics.SampleSpread;
import org.junit.jupiter.api.Test;

class LineTest {
  private static final Target AT_MOST_ONE = Target.atMost(1);

  private static Line ratio(double value) {
    return Line.measurement("ratio", SampleSpread.exactly(value), Unit.RATIO, AT_MOST_ONE);
  }

  @Test
  void verdict_ofMeasurement_isMetUpToTheBound() {
    assertThat(ratio(1).verdict()).isEqualTo(Verdict.MET);
    assertThat(ratio(1.01).verdict()).isEqualTo(Verdict.MISSED);
  }

  @Test
  void verdict_ofAgreement_isWrongBeyondTheLimit() {
    assertThat(Line.agreement("difference", 1e-11, 1e-10).verdict()).isEqualTo(Verdict.MET);
    assertThat(Line.agreement("difference", 1e-9, 1e-10).verdict()).isEqualTo(Verdict.WRONG);
  }

  @Test
  void verdict_ofNaN_isNeverMet() {
    assertThat(ratio(Double.NaN).verdict()).isEqualTo(Verdict.MISSED);
    assertThat(Line.agreement("difference", Double.NaN, 1).verdict()).isEqualTo(Verdict.WRONG);
  }

  @Test
  void verdict_withoutTarget_informs() {
    Line line = Line.information("time", SampleSpread.exactly(1), Unit.MILLISECONDS);
    assertThat(line.verdict()).isEqualTo(Verdict.INFORMS);
    assertThat(line.wanted()).isEmpty();
  }

  @Test
  void measured_ofSeveral_showsMedianAndQuartiles() {
    Line line = Line.information("time", SampleSpread.of(0.001, 0.002, 0.003), Unit.MILLISECONDS);
    assertThat(line.measured()).isEqualTo("2.0 ms [1.5 ms – 2.5 ms]");
  }

  @Test
  void codec_anyLine_comesBack() {
    for (Line line :
        new Line[] {
          ratio(0.5),
          Line.agreement("difference of λ₁", 1e-300, 1e-10),
          Line.check("s", Double.NaN, Unit.NUMBER, Target.atLeast(0.9)),
          Line.information("time", SampleSpread.of(1, 2, 4), Unit.MILLISECONDS)
        }) {
      assertThat(LineCodec.decode(LineCodec.encode(line))).isEqualTo(line);
    }
  }

  @Test
  void codec_otherText_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> LineCodec.decode("Killed"));
  }
}
