package brink.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brink.bench.rows.BenchRows;
import brink.bench.rows.Row;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return BenchCommand.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Test
  void help_always_namesEveryRow() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .startsWith("Usage: brink bench")
        .contains(BenchRows.all().stream().map(Row::name).toList());
  }

  @Test
  void rows_unknown_exits2AndNamesThoseThatThereAre() {
    assertThat(run("--rows", "mlp,transformer")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("transformer").contains("mlp").hasLineCount(1);
  }

  @Test
  void threads_none_exits2() {
    assertThat(run("--threads", "0")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("--threads");
  }

  @Test
  void option_unknown_exits2AndNamesIt() {
    assertThat(run("--fast")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("--fast");
  }
}
