package brink.trainer.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brink.trainer.request.RunOption;
import brink.trainer.request.RunOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweptValuesTest {
  private static RunOption<?> option(String name) {
    return RunOptions.named(name).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--lr|0.1|0.1",
        "--lr|0.05, 0.1,0.2|0.05 0.1 0.2",
        "--seed|1..3|1 2 3",
        "--seed|1..3,7,2|1 2 3 7",
        "--lr|0.1,0.10,1e-1|0.1",
        "--lr|lin:0.1..0.5:5|0.1 0.2 0.3 0.4 0.5",
        "--lr|lin:1..0:3|1 0.5 0",
        "--wd|log:1e-4..1e-2:5|1e-4 3.16228e-4 0.001 0.00316228 0.01",
        "--wd|0,log:1e-3..1e-1:3|0 0.001 0.01 0.1",
        "--steps|lin:1000..3000:3|1000 2000 3000",
        "--momentum|lin:0..0.9:4|0 0.3 0.6 0.9",
        "--seed|-2..0|-2 -1 0"
      })
  void of_listsAndRanges_areAllTheirValuesOnceAndInOrder(
      String option, String written, String values) {
    assertThat(SweptValues.of(option(option), written)).containsExactly(values.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--lr|0.1..0.5|0.1..0.5: a range of other than whole numbers needs its number of values;"
            + " write lin:0.1..0.5:5 or log:0.1..0.5:5",
        "--seed|3..1|3..1: a range of whole numbers ascends; write 1..3",
        "--seed|1..3:2|1..3:2: a range with a number of values is written lin:1..3:2 or log:1..3:2",
        "--lr|lin:0..1|lin:0..1: expected a number of values from 2 to 10,000 after the range, as"
            + " in lin:0..1:5",
        "--lr|lin:0..1:1|lin:0..1:1: expected a number of values from 2 to 10,000",
        "--lr|log:0..1:3|log:0..1:3: both ends of a logarithmic range are above 0; use lin: for"
            + " others",
        "--lr|a..b|a..b: expected a number, found 'a'",
        "--lr|1..1e999999999|1..1e999999999: expected a number, found '1e999999999'",
        "--seed|1..100000|1..100000 are more than 10,000 values",
        "--lr|0.1,x|expected a number, found 'x' in 0.1,x; a sweep also takes lists such as 1,2",
        "--lr|0.1,,0.2|expected a number, found '' in 0.1,,0.2",
        "--steps|lin:1..2:3|expected a whole number, found '1.5' in lin:1..2:3"
      })
  void of_whatMakesNoSense_saysWhatToWrite(String option, String written, String message) {
    assertThatThrownBy(() -> SweptValues.of(option(option), written))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}
