package brink.monitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MonitorProgramTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine program =
      MonitorProgram.commandLine()
          .setOut(new PrintWriter(out, true))
          .setErr(new PrintWriter(err, true));

  @Test
  void commands_ofTheMonitorAlone_areThoseThatNeedNoTrainer() {
    assertThat(program.getSubcommands().keySet())
        .containsExactlyInAnyOrder(
            "monitor",
            "runs",
            "replay",
            "report",
            "check",
            "export",
            "import",
            "end",
            "backfill",
            "edit",
            "delete",
            "doctor",
            "completion");
  }

  @Test
  void unknownCommand_isOneLineAndExits2() {
    assertThat(program.execute("train")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString().strip().lines()).hasSize(1);
    assertThat(err.toString()).startsWith("brink: ").contains("train");
  }

  @Test
  void value_notAllowed_isNamedInOneLine() {
    assertThat(program.execute("replay", "--run", "a", "--from-step", "1.5"))
        .isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("'--from-step': expected a whole number, found '1.5'");
  }

  @Test
  void version_isThatOfTheProgram() {
    assertThat(program.execute("--version")).isEqualTo(CommandLine.ExitCode.OK);
    assertThat(out.toString()).startsWith("brink ");
  }
}
