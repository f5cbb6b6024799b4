package brink.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DataCommandTest {
  private final StringWriter out = new StringWriter();

  private Path file = Path.of("");

  @BeforeEach
  void writeTable(@TempDir Path folder) throws IOException {
    file = folder.resolve("table.csv");
    Files.writeString(file, "p,q,kind\n1,0.5,x\n2,0.25,\u001b[2Jy\n3,1e-7,x\n4,-8,\u001b[2Jy\n");
  }

  private int run(String... arguments) {
    return new CommandLine(new DataCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(new StringWriter()))
        .execute(arguments);
  }

  @Test
  void data_table_isPrintedWithItsFirstValues() {
    assertThat(run("csv:" + file + "?fraction=0", "--rows", "4")).isZero();

    List<String> lines = out.toString().lines().toList();
    assertThat(lines.getFirst())
        .isEqualTo(
            "table.csv: 4 rows to train on, none to test on (shuffled with seed 1), 2 features (p,"
                + " q), 2 classes of column 3, kind (\\u001b[2Jy: 2, x: 2); features standardized"
                + " by column");
    assertThat(lines)
        .contains(
            "file          " + file,
            "features      p, q",
            "classes       \\u001b[2Jy (2 to train, 0 to test), x (2 to train, 0 to test)",
            "row to train  1 0.50000 → x",
            "row to train  3 1.0000e-07 → x",
            "row to train  4 -8 → \\u001b[2Jy");
    assertThat(out.toString()).doesNotContain("\u001b");
  }

  @Test
  void data_suspiciousTable_printsTheWarnings() throws IOException {
    Files.writeString(file, "p,q,kind\n1,2,a\n1,3,a\n1,4,b\n1,5,b\n1,6,b\n");

    assertThat(run("csv:" + file + "?fraction=0")).isZero();

    assertThat(out.toString()).contains("\nwarning       the feature 'p' never varies");
  }

  @Test
  void data_asJson_isTheMessageOfARunAndTheFirstRows() {
    assertThat(run("csv:" + file + "?fraction=0.25&seed=5", "--json", "--rows", "1")).isZero();

    assertThat(out.toString().lines()).hasSize(1);
    JsonObject json = JsonParser.parseString(out.toString()).getAsJsonObject();
    JsonObject data = json.getAsJsonObject("data");
    assertThat(data.get("train_rows").getAsString()).isEqualTo("3");
    assertThat(data.getAsJsonObject("split").get("seed").getAsString()).isEqualTo("5");
    assertThat(data.get("feature_scaling").getAsString()).isEqualTo("FEATURE_SCALING_COLUMNS");
    assertThat(json.getAsJsonArray("first_rows")).hasSize(1);
    assertThat(
            json.getAsJsonArray("first_rows").get(0).getAsJsonObject().getAsJsonArray("features"))
        .hasSize(2);
  }

  @Test
  void data_sizesAndSeed_areThoseOfARun() {
    assertThat(
            run(
                "synthetic:regression?n=30&d=3",
                "--train-size",
                "7",
                "--test-size",
                "0",
                "--seed",
                "4"))
        .isZero();

    assertThat(out.toString())
        .startsWith("drawn: 7 rows to train on, none to test on (seed 4), 3 features, regression");
  }
}
