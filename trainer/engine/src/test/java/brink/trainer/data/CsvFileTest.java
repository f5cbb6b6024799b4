package brink.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvFileTest {
  private static final DataOptions ALL =
      DataOptions.DEFAULT.withTestFraction(0).withStandardize(false);

  @TempDir Path folder;

  private Dataset load(String text, String parameters) throws IOException {
    return split(text, parameters, ALL).train();
  }

  private Split split(String text, String parameters, DataOptions options) throws IOException {
    Path file = folder.resolve("data.csv");
    Files.writeString(file, text);
    return DataSource.parse("csv:" + file + parameters).load(options);
  }

  /** Sum over examples of feature 0 times 100 to the label: independent of their order. */
  private static double fingerprint(Dataset data) {
    double[] rows = data.features().toArray();
    int[] labels = ((Targets.Classes) data.targets()).labels();
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      sum += rows[i * data.dimension()] * Math.pow(100, labels[i]);
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1,9,b~2,8,a~3,7,a         | ''
          x,y,c~1,9,b~2,8,a~3,7,a   | ''
          x;y;c~1;9;b~2;8;a~3;7;a   | ''
          "x","y","c"~"1","9","b"~2,8,a~3,7,a~ | ''
          x,c,y~1,b,9~2,a,8~3,a,7   | ?target=c
          1,9,10~2,8,-1~3,7,-1      | ''
          1,9,1.0~2,8,0~3,7,0       | ''
          """)
  void load_manyForms_giveTheSameTable(String lines, String parameters) throws IOException {
    Dataset data = load(lines.replace('~', '\n'), parameters);

    assertThat(data.dimension()).isEqualTo(2);
    assertThat(((Targets.Classes) data.targets()).count()).isEqualTo(2);
    assertThat(fingerprint(data)).isEqualTo(2 + 3 + 100 * 1);
  }

  @Test
  void load_tabsAndByteOrderMark_areUnderstood() throws IOException {
    Dataset data = load("\uFEFF1\t9\tb\r\n2\t8\ta\r\n3\t7\ta\r\n", "");

    assertThat(fingerprint(data)).isEqualTo(105);
  }

  @Test
  void load_integerClasses_areOrderedByValue() throws IOException {
    Dataset data = load("1,10\n2,9\n3,9\n", "");

    assertThat(fingerprint(data)).isEqualTo(2 + 3 + 100 * 1);
  }

  @Test
  void load_regression_givesNumbers() throws IOException {
    Dataset data = load("1,0.5\n2,0.25\n", "?task=regression");

    assertThat(((Targets.Values) data.targets()).values()).containsExactlyInAnyOrder(0.5, 0.25);
  }

  @Test
  void load_default_holdsOutAFifthAndRepeatsWithTheSeed() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      text.append(i).append(',').append(i % 2).append('\n');
    }
    DataOptions options = DataOptions.DEFAULT.withStandardize(false);
    Split split = split(text.toString(), "", options);
    Dataset test = Objects.requireNonNull(split.test());

    assertThat(split.train().size()).isEqualTo(40);
    assertThat(test.size()).isEqualTo(10);
    assertThat(split.train().features().toArray())
        .doesNotContain(test.features().toArray())
        .isNotEqualTo(split(text.toString(), "", options.withSeed(9)).train().features().toArray())
        .containsExactly(split(text.toString(), "", options).train().features().toArray());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                | ''         | the file is empty
          1~2               | ''         | line 1: expected at least two columns separated by comma, semicolon or tab, found one
          x,y               | ''         | expected rows below the header, found none
          1,2,a~1,2~1,2,b   | ''         | line 2: expected 3 columns as in the first row, found 2
          1,2,a~1,2,b,c     | ''         | line 2: expected 3 columns as in the first row, found 4
          x,y,c~1,2,a~1,z,b | ''         | line 3, column 2 (y): expected a finite number, found 'z'
          1,2,a~1,z,b       | ''         | line 2, column 2: expected a finite number, found 'z'
          1,2,a~1,NaN,b     | ''         | line 2, column 2: expected a finite number, found 'NaN'
          1,2,a~1,inf,b     | ''         | line 2, column 2: expected a finite number, found 'inf'
          1,2,a~1,1e999,b   | ''         | line 2, column 2: expected a finite number, found '1e999'
          1,2,a~1,2f,b      | ''         | line 2, column 2: expected a finite number, found '2f'
          1,2,a~1,,b        | ''         | line 2, column 2: expected a finite number, found an empty cell
          1,2,a~1,3,        | ''         | line 2, column 3: expected a class, found an empty cell
          1,a~2,a           | ''         | all rows have the class 'a', expected two or more
          1,0.5~2,0.7       | ''         | expected a class, found '0.5'; for numbers to predict add task=regression
          1,1~2,2~3,3       | ''         | every row has its own class
          1,2~3,4           | ?target=x  | the first row is not a header
          x,y~3,4           | ?target=z  | no column 'z', the header has x, y
          1,2               | ?task=regression | expected at least 2 training examples, found 1
          x,y~3,a           | ?task=regression | line 2, column 2 (y): expected a finite number, found 'a'
          """)
  void load_badFile_saysWhere(String lines, String parameters, String message) {
    assertThatThrownBy(() -> load(lines.replace('~', '\n'), parameters))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("data.csv")
        .hasMessageContaining(message)
        .message()
        .hasLineCount(1);
  }

  @Test
  void load_lineBreakInQuotes_keepsLineNumbersOfTheFile() {
    assertThatThrownBy(() -> load("1,\"a\nb\"\nx,c\n", ""))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 3, column 1");
  }

  @Test
  void load_missingFile_namesIt() {
    assertThatThrownBy(() -> DataSource.parse("csv:/no/such.csv").load(ALL))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("/no/such.csv: no such file");
  }

  @Test
  void load_unclosedQuote_isOneLine() {
    assertThatThrownBy(() -> load("1,\"a\n2,b\n", ""))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("data.csv, after line 0: malformed CSV")
        .message()
        .hasLineCount(1);
  }

  @Test
  void load_notUtf8_isOneLine() throws IOException {
    Path file = folder.resolve("latin.csv");
    Files.write(file, "1,é\n2,b\n2,b".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> DataSource.parse("csv:" + file).load(ALL))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("latin.csv, after line 0: cannot be read as UTF-8");
  }

  @Test
  void load_trainSizeAboveWhatIsLeft_saysHowMany() {
    assertThatThrownBy(
            () -> split("1,a\n2,b\n3,a\n4,b\n5,a\n", "", DataOptions.DEFAULT.withSizes(5, null)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("data.csv has 4");
  }
}
