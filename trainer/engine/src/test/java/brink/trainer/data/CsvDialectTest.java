package brink.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as people have them, and what they mean. */
class CsvDialectTest {
  private static final DataOptions ALL =
      DataOptions.DEFAULT.withTestFraction(0).withStandardize(false);

  @TempDir Path folder;

  private Split load(String lines, String parameters) throws IOException {
    return load(lines.replace('~', '\n').getBytes(StandardCharsets.UTF_8), parameters);
  }

  private Split load(byte[] bytes, String parameters) throws IOException {
    Path file = Files.write(folder.resolve("data.csv"), bytes);
    return DataSource.parse("csv:" + file + parameters).load(ALL);
  }

  /** Rows in the order of their first feature: "features→label". */
  private static String rows(Split split) {
    Dataset data = split.train();
    DataDescription description = split.description();
    double[] features = data.features().toArray();
    return IntStream.range(0, data.size())
        .mapToObj(
            i ->
                Arrays.stream(features, i * data.dimension(), (i + 1) * data.dimension())
                        .mapToObj(CsvDialectTest::number)
                        .collect(Collectors.joining(" "))
                    + "→"
                    + target(data, description, i))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String target(Dataset data, DataDescription description, int row) {
    return switch (data.targets()) {
      case Targets.Values(double[] values) -> number(values[row]);
      case Targets.Classes(int[] labels, int _) ->
          ((DataDescription.Classification) description.task()).classes().get(labels[row]).name();
    };
  }

  private static String number(double value) {
    return value == Math.rint(value) ? "" + (long) value : "" + value;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      textBlock =
          """
          0,1,target~1.5,2,0~2.5,3,1~3.5,4,1         | ''                             | 1.5 2→0, 2.5 3→1, 3.5 4→1
          1,2,3~4,5,6~7,8,7~8,8,7                    | ?header=yes                    | 4 5→6, 7 8→7, 8 8→7
          a,b,c~1,2,x~3,4,y~5,6,y                    | ?header=yes                    | 1 2→x, 3 4→y, 5 6→y
          0,1,2~3,4,1~5,6,1                          | ?header=no                     | 0 1→2, 3 4→1, 5 6→1
          M,1,2~B,3,4~B,5,6                          | ?target=first                  | 1 2→M, 3 4→B, 5 6→B
          1,M,2~3,B,4~5,B,6                          | ?target=2                      | 1 2→M, 3 4→B, 5 6→B
          k,a,b~M,1,2~B,3,4~B,5,6                    | ?target=first                  | 1 2→M, 3 4→B, 5 6→B
          k,a,b~M,1,2~B,3,4~B,5,6                    | ?target=k                      | 1 2→M, 3 4→B, 5 6→B
          2,1,last~7,1,2~8,3,4~8,5,6                 | ?target=2&header=yes           | 1 2→7, 3 4→8, 5 6→8
          a;b;k~1,5;2;x~3;4;y~5;6;y                  | ?decimal=comma                 | 1.5 2→x, 3 4→y, 5 6→y
          a;b;k~1,5;2;x~3;4;y~5;6;y                  | ?decimal=,                     | 1.5 2→x, 3 4→y, 5 6→y
          '1 : 2 : x~3 : 4 : y~5 : 6 : y'            | ?separator=:                   | 1 2→x, 3 4→y, 5 6→y
          '1  2 x~ 3 4   y~5 6 y'                    | ?separator=space               | 1 2→x, 3 4→y, 5 6→y
          'made by us~2026~1,2,x~3,4,y~5,6,y'        | ?skip=2                        | 1 2→x, 3 4→y, 5 6→y
          '# made~a,b,k~#~1,2,x~3,4,y~5,6,y'         | ?comment=#                     | 1 2→x, 3 4→y, 5 6→y
          a,b,k~1,2,x~?,4,y~3,4,y~5,NA,x~5,6,y~7,8,  | ?missing=NA,?                  | 1 2→x, 3 4→y, 5 6→y
          1,2,True~3,4,False~5,6,False               | ''                             | 1 2→True, 3 4→False, 5 6→False
          1,2,1.0~3,4,0.0~5,6,0.0                    | ?task=regression               | 1 2→1, 3 4→0, 5 6→0
          '"a,b","c~d",k~1,2,"x,~y"~3,4,z~5,6,z'     | ''                             | null
          1e3,-2,x~.5,+4,y~5.,6,y                    | ''                             | 0.5 4→y, 1000 -2→x, 5 6→y
          """)
  void load_inEveryDialect_givesTheRows(String lines, String parameters, String expected)
      throws IOException {
    String rows = rows(load(lines, parameters));

    assertThat(rows).isEqualTo(expected == null ? "1 2→x,\ny, 3 4→z, 5 6→z" : expected);
  }

  @ParameterizedTest
  @CsvSource({"UTF-8, EFBBBF", "UTF-16LE, FFFE", "UTF-16BE, FEFF"})
  void load_withByteOrderMark_isDecoded(String charset, String mark) throws IOException {
    byte[] text = "höhe;b;k\n1;2;ä\n3;4;y\n5;6;y\n".getBytes(Charset.forName(charset));
    byte[] start = HexFormat.of().parseHex(mark);
    byte[] all = Arrays.copyOf(start, start.length + text.length);
    System.arraycopy(text, 0, all, start.length, text.length);

    Split split = load(all, "");

    assertThat(rows(split)).isEqualTo("1 2→ä, 3 4→y, 5 6→y");
    assertThat(split.description().columns()).containsExactly("höhe", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          0,1,2~3.5,4.5,1~5.5,6.5,1   | ""              | line 1: the first row counts 0, 1, 2, …: say header=yes
          a,1,k~2,3,x~4,5,y~6,7,y     | ""              | line 1: the first row has words and numbers: say header=yes
          1.5,2,k~2,3,0~4,5,1~6,7,1   | ""              | line 1: the first row has a word over a column of numbers
          ?,2,0~2,3,0~4,5,1           | ""              | line 1, column 1: expected a finite number, found '?'; missing=? leaves out
          ",2,0~2,3,0~4,5,1"          | ""              | line 1, column 1: expected a finite number, found an empty cell; missing=NA
          1;5,5;x~2;6;y~3;7;y         | ""              | line 1, column 2: expected a finite number, found '5,5'; numbers with a decimal comma are read by decimal=comma
          1;1.234,5;x~2;6;y~3;7;y     | ?decimal=comma  | line 1, column 2: expected a finite number, found '1.234,5'
          1;1.5;x~2;6;y~3;7;y         | ?decimal=comma  | found '1.5'; a point is neither a decimal comma
          1,2,x~3,4,y~3,4,y           | ?target=4       | target=4 is not a column, there are 3, from 1 on
          1,2,x~3,4,y~3,4,y           | ?target=0       | target=0 is not a column
          a,b,b~1,2,x~3,4,y~5,6,y     | ?target=b       | several columns are called 'b'; give target= the number
          1,2,x~3,4,y                 | ?skip=9         | data.csv
          1,?,x~?,4,y                 | ?missing=?      | every row lacks a value
          """)
  void load_whereNothingCanBeTold_saysWhatToGive(String lines, String parameters, String message) {
    assertThatThrownBy(() -> load(lines, parameters))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("data.csv")
        .hasMessageContaining(message)
        .message()
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <!DOCTYPE html><html></html>  | is an HTML page, not data: its download failed
          PK                           | is a ZIP archive or an Excel workbook; save the sheet as CSV
          """)
  void load_noTable_isCalledWhatItIs(String text, String message) {
    assertThatThrownBy(() -> load(text, ""))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("data.csv: " + message);
  }

  @Test
  void load_textThatTerminalsObey_isEscaped() {
    assertThatThrownBy(() -> load("1,\u001b[2Jx,a~2,3,b~2,3,b", "?header=no"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("found '\\u001b[2Jx'");
  }

  @Test
  void load_testFile_isTheTestSet() throws IOException {
    Path test = Files.writeString(folder.resolve("test.csv"), "a,b,k\n7,8,y\n9,10,x\n");

    Split split = load("a,b,k~1,2,x~3,4,y~5,6,y", "?test=" + test);

    assertThat(rows(split)).isEqualTo("1 2→x, 3 4→y, 5 6→y");
    Dataset tests = Objects.requireNonNull(split.test());
    assertThat(tests.features().toArray()).containsExactly(7, 8, 9, 10);
    assertThat(((Targets.Classes) tests.targets()).labels()).containsExactly(1, 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a,b,k~7,8,z    | test.csv, line 2, column 3 (k): expected a class of the training rows, found 'z'
          a,c,k~7,8,y    | test.csv: has other names of columns than
          a,k~7,y        | test.csv: expected 3 columns as in
          """)
  void load_testFileOfOtherKind_isRefused(String lines, String message) throws IOException {
    Path test = Files.writeString(folder.resolve("test.csv"), lines.replace('~', '\n'));

    assertThatThrownBy(() -> load("a,b,k~1,2,x~3,4,y~5,6,y", "?test=" + test))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void load_fractionAndSeed_areThoseOfTheSource() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      text.append(i).append(',').append(i % 2).append('\n');
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);

    Split split = load(bytes, "?fraction=0.25&seed=7");

    assertThat(split.description().split()).isEqualTo(new SplitRule.Shuffled(7, 40, 10));
    assertThat(split.train().size()).isEqualTo(30);
    assertThat(split.train().features().toArray())
        .containsExactly(
            DataSource.parse("csv:" + folder.resolve("data.csv") + "?fraction=0.25")
                .load(ALL.withSeed(7))
                .train()
                .features()
                .toArray());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ,p,k~0,4,x~1,5,x~2,6,y~3,7,y       | column 1 has no name and counts the rows
          0,4,x~1,5,x~2,6,y~3,7,y            | column 1 has no name and counts the rows
          Unnamed: 0,p,k~0,4,x~1,5,x~2,6,y~3,7,y | column 1 has no name and counts the rows
          a,b,k~1,4,x~9,4,x~2,4,y~3,4,y      | the feature 'b' never varies
          a,a,k~1,4,x~9,5,x~2,6,y~3,7,y      | several columns are called 'a'
          a,b,k~1,4,x~9,5,x~2,6,y~3,7,y~4,5,z~1,2,x | the class 'z' occurs once
          a,b,k~1,4,10~9,5,20~2,6,30~3,7,30  | 3 classes of 4 rows: are these numbers to predict
          a,b,k~1,4,yes~9,5,yes~2,6,Yes~3,7,Yes | the classes 'Yes' and 'yes' differ only by case
          a,b,k~1,4,N Y~9,5,N Y~2,6,NY~3,7,NY | the classes 'N Y' and 'NY' differ only by
          a,b,k~1,4,\u00e9~9,5,\u00e9~2,6,e\u0301~3,7,e\u0301 | differ only by case, blanks or Unicode form
          a,b,k~1,4,NA~9,5,NA~2,6,Yes~3,7,Yes | 'NA' is among the classes of column 3, k; missing=NA leaves
          a,b,k~1,4,NA~9,5,?~2,6,Yes~3,7,Yes~1,2,?~3,7,NA | '?' and 'NA' are among the classes of column 3, k; missing=?,NA
          a,b,k~1,4,1.0~9,5,1.0~2,6,0.0~3,7,0.0 | the targets are whole numbers with decimals, such as '1.0', and read as classes
          """)
  void load_whatIsLikelyWrong_isWarnedOf(String lines, String warning) throws IOException {
    assertThat(load(lines, "").description().warnings())
        .anySatisfy(found -> assertThat(found).contains(warning));
  }

  @Test
  void load_rowsLeftOut_areCounted() throws IOException {
    assertThat(load("a,b,k~1,2,x~?,4,y~3,4,y~5,6,y", "?missing=?").description().warnings())
        .contains("1 of 4 rows lack a value and were left out");
  }

  @Test
  void load_goodFile_warnsOfNothing() throws IOException {
    assertThat(load("a,b,k~1,9,x~3,4,y~5,6,y~7,1,x", "").description().warnings()).isEmpty();
  }
}
