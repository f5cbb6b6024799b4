package brink.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.random.RandomStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random tables, written in random dialects, are read back as they were. */
class CsvPropertyTest {
  private static final int TABLES = 300;

  private static final List<String> WORDS =
      List.of(
          "yes", "no", "Iris, setosa", "say \"hi\"", "zwei\nZeilen", "été", "日本", "a;b", "x\ty");

  @TempDir Path folder;

  static IntStream seeds() {
    return IntStream.range(0, TABLES);
  }

  /** A table, and how it is written. */
  private static final class Case {
    private final Random random;
    private final int rows;
    private final int columns;
    private final double[][] numbers;
    private final List<String> labels = new ArrayList<>();
    private final char separator;
    private final char decimal;
    private final boolean header;
    private final int target;
    private final int skip;
    private final boolean comments;
    private final boolean regression;

    Case(long seed) {
      random = new Random(seed);
      rows = 6 + random.nextInt(30);
      columns = 1 + random.nextInt(6);
      separator = ",;\t|:".charAt(random.nextInt(5));
      decimal = separator != ',' && random.nextBoolean() ? ',' : '.';
      header = random.nextBoolean();
      target = random.nextInt(columns + 1);
      skip = random.nextInt(3);
      comments = random.nextInt(3) == 0;
      regression = random.nextInt(3) == 0;
      numbers = new double[rows][columns];
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          numbers[i][j] = number();
        }
        labels.add(regression ? text(number()) : WORDS.get(i < 4 ? i % 2 : random.nextInt(9)));
      }
    }

    private double number() {
      return switch (random.nextInt(4)) {
        case 0 -> random.nextInt(2000) - 1000;
        case 1 -> random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30);
        case 2 -> Double.longBitsToDouble(random.nextLong() & ~(1L << 62));
        default -> random.nextGaussian();
      };
    }

    private String text(double value) {
      return Double.toString(value).replace('.', decimal);
    }

    private String cell(String text, boolean named) {
      boolean quoted =
          random.nextInt(5) == 0
              || text.chars().anyMatch(c -> c == separator || c == '"' || c == '\n' || c == '#');
      String cell = quoted ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
      return quoted || named || separator == '\t' || random.nextBoolean() ? cell : " " + cell + " ";
    }

    private String line(List<String> cells, String end) {
      return String.join("" + separator, cells) + end;
    }

    String text() {
      String end = random.nextBoolean() ? "\n" : "\r\n";
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < skip; i++) {
        text.append("written by a program").append(end);
      }
      if (header) {
        List<String> names = new ArrayList<>();
        for (int j = 0; j <= columns; j++) {
          names.add(cell(j == target ? "the target" : "feature" + j, true));
        }
        text.append(line(names, end));
      }
      for (int i = 0; i < rows; i++) {
        if (comments && random.nextInt(4) == 0) {
          text.append("# ").append(separator).append(" a remark").append(end);
        }
        List<String> cells = new ArrayList<>();
        for (double value : numbers[i]) {
          cells.add(cell(text(value), false));
        }
        cells.add(target, cell(labels.get(i), false));
        text.append(line(cells, i == rows - 1 && random.nextBoolean() ? "" : end));
      }
      return text.toString();
    }

    byte[] bytes() {
      String text = text();
      return switch (random.nextInt(4)) {
        case 0 -> encoded("\uFEFF" + text, StandardCharsets.UTF_16LE);
        case 1 -> encoded("\uFEFF" + text, StandardCharsets.UTF_16BE);
        case 2 -> encoded("\uFEFF" + text, StandardCharsets.UTF_8);
        default -> encoded(text, StandardCharsets.UTF_8);
      };
    }

    private static byte[] encoded(String text, Charset charset) {
      return text.getBytes(charset);
    }

    String parameters() {
      String parameters =
          "?fraction=0&separator=%s&decimal=%s&skip=%d"
              .formatted(
                  separator == '\t' ? "tab" : "" + separator,
                  decimal == ',' ? "comma" : "point",
                  skip);
      parameters += "&target=" + (header && random.nextBoolean() ? "the target" : target + 1);
      parameters += comments ? "&comment=#" : "";
      parameters += regression ? "&task=regression" : "";
      return parameters + (header ? "&header=yes" : "&header=no");
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void load_randomTableInARandomDialect_isReadBack(int seed) throws IOException {
    Case table = new Case(seed);
    Path file = Files.write(folder.resolve("table.csv"), table.bytes());

    Split split =
        DataSource.parse("csv:" + file + table.parameters())
            .load(DataOptions.DEFAULT.withStandardize(false));

    Dataset data = split.train();
    SplitRule.Shuffled rule = (SplitRule.Shuffled) split.description().split();
    int[] order = Split.permutation(table.rows, RandomStream.of("split", rule.seed()));
    double[] row = new double[table.columns];
    for (int i = 0; i < table.rows; i++) {
      data.features().copyRow(i, row, 0);
      assertThat(row).containsExactly(table.numbers[order[i]]);
      assertThat(label(split, i))
          .isEqualTo(
              table.regression
                  ? table.labels.get(order[i]).replace(',', '.')
                  : table.labels.get(order[i]));
    }
  }

  private static String label(Split split, int row) {
    return switch (split.train().targets()) {
      case Targets.Values(double[] values) -> Double.toString(values[row]);
      case Targets.Classes(int[] labels, int _) ->
          ((DataDescription.Classification) split.description().task())
              .classes()
              .get(labels[row])
              .name();
    };
  }
}
