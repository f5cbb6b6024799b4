package brink.monitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.cli.FittedTable.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

class FittedTableTest {
  private static final FittedTable TABLE =
      new FittedTable(
          List.of(
              new Column("ID", ColumnKind.KEY, 9),
              new Column("WORDS", ColumnKind.TEXT, 1),
              new Column("EMPTY", ColumnKind.TEXT, 5),
              new Column("N", ColumnKind.NUMBER, 3)),
          List.of(List.of("abcdefghijklmnop", "some words", "", "12,345")));

  @Test
  void lines_withRoom_leaveOutWhatIsEmpty() {
    assertThat(TABLE.lines(100))
        .containsExactly(
            "ID                WORDS            N", "abcdefghijklmnop  some words  12,345");
  }

  @Test
  void lines_withLessRoom_leaveOutWhatMattersLeast() {
    assertThat(TABLE.lines(24))
        .containsExactly("ID                     N", "abcdefghijklmnop  12,345");
  }

  @Test
  void lines_withHardlyAnyRoom_cutKeysInTheMiddleAndNumbersNever() {
    assertThat(TABLE.lines(20)).containsExactly("ID", "abcdefghijklmnop");
    assertThat(TABLE.lines(9)).containsExactly("ID", "abcd…mnop");
  }

  @Test
  void middleCut_ofAnyText_keepsBothEnds() {
    assertThat(FittedTable.middleCut("abcdefghij", 5)).isEqualTo("ab…ij");
    assertThat(FittedTable.middleCut("abc", 5)).isEqualTo("abc");
    assertThat(FittedTable.middleCut("😀😀😀😀", 3)).isEqualTo("😀…😀");
  }

  @Test
  void briefNumber_ofAnyValue_hasFourDigitsAndNothingIdle() {
    assertThat(List.of(0.05, 1e-4, 12.0, 0.123456, 4e-4, 0.001, 123456.7, 1e7, -2.5e-9, 0.0))
        .extracting(BriefNumber::of)
        .containsExactly(
            "0.05", "1e-4", "12", "0.1235", "4e-4", "0.001", "123500", "1e7", "-2.5e-9", "0");
    assertThat(BriefNumber.of(Double.NaN)).isEqualTo("NaN");
  }
}
