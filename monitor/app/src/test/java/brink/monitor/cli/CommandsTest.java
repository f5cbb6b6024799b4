package brink.monitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.run.FoldSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandsTest {
  private static final String NOBODY = "127.0.0.1:1";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Path impatient;

  CommandsTest(@TempDir Path folder) throws IOException {
    impatient = folder.resolve("client.properties");
    Files.writeString(impatient, "default.api.timeout.ms=500\nrequest.timeout.ms=400\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "monitor",
        "runs",
        "replay",
        "report",
        "export",
        "import",
        "end",
        "backfill",
        "edit",
        "delete",
        "doctor"
      })
  void help_ofEveryCommand_exits0AndNamesTheBroker(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString()).contains("--bootstrap-servers", "--config");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "monitor",
        "runs",
        "replay",
        "report",
        "export",
        "import",
        "end",
        "backfill",
        "edit",
        "delete",
        "doctor"
      })
  void option_unknown_exits2(String command) {
    assertThat(run(command, "--no-such-option")).isEqualTo(2);
  }

  @Test
  void edit_withNothingToChange_exits2AndSaysWhatThereIs() {
    assertThat(run("edit", "--run", "a")).isEqualTo(2);
    assertThat(err.toString()).contains("nothing to change", "--name", "--archive");
    assertThat(run("edit", "--run", "a", "--archive", "--unarchive")).isEqualTo(2);
    assertThat(err.toString()).contains("exclude each other");
  }

  @Test
  void replay_withoutRun_exits2() {
    assertThat(run("replay")).isEqualTo(2);
    assertThat(err.toString()).contains("--run");
  }

  @Test
  void replay_withAnEmptyRange_exits2AndSaysWhy() {
    assertThat(run("replay", "--run", "a", "--from-step", "2", "--to-step", "1")).isEqualTo(2);
    assertThat(err.toString()).contains("no step is from 2 to 1");
  }

  @Test
  void replay_withAnUnknownSetting_exits2AndNamesTheNearest() {
    assertThat(run("replay", "--run", "a", "--set", "detector.onsetSample=16")).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString())
        .contains("did you mean detector.startSamples or ", "--list-settings");
  }

  @Test
  void replay_withASettingOutOfRange_exits2AndSaysWhatIsAllowed() {
    assertThat(run("replay", "--run", "a", "--set", "detector.startSamples=0")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--set: detector.startSamples is 0; allowed are whole numbers from 1 to 1000000");
  }

  @Test
  void monitor_atAnAddressThatOthersReach_exits2AndSaysWhatProtectsIt() {
    assertThat(run("monitor", "--http-host", "0.0.0.0", "-b", NOBODY)).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("behind a proxy", "--http-unprotected");
  }

  @Test
  void monitor_thatIsToServeEveryone_goesOnToKafka() {
    assertThat(
            run(
                "monitor",
                "--http-host",
                "0.0.0.0",
                "--http-unprotected",
                "-b",
                NOBODY,
                "--config",
                impatient.toString()))
        .isEqualTo(1);
    assertThat(err.toString()).contains("nothing listens at " + NOBODY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--http-port 70000", "--http-port -1", "--partitions 0"})
  void monitor_withANumberOutOfRange_exits2AndNamesTheOption(String option) {
    assertThat(run(("monitor " + option).split(" ", -1))).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains(option.split(" ", -1)[0] + " must be from ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--set detector.startSamples=9 --verify",
        "--set detector.startSamples",
        "--set detector.startSamples=9 --set detector.startSamples=12",
        "--json"
      })
  void replay_withOptionsThatMakeNoSense_exits2AndSaysWhy(String options) {
    assertThat(run(("replay --run a " + options).split(" ", -1))).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).startsWith("replay: ");
  }

  @Test
  void replay_listSettings_explainsEachInOneLine() {
    assertThat(run("replay", "--list-settings")).isZero();
    assertThat(out.toString().lines())
        .hasSize(1 + FoldSettings.defaults().texts().size())
        .anyMatch(
            line -> line.matches("detector\\.startSamples +10 +There is no verdict before .*"));
  }

  @Test
  void monitor_withAnUnknownSetting_exits2AndNamesTheNearest() {
    assertThat(run("monitor", "--set", "flow.cadense=0.02")).isEqualTo(2);
    assertThat(err.toString()).contains("did you mean flow.cadence or ");
  }

  @Test
  void export_toUnknownFormat_exits2() {
    assertThat(run("export", "--run", "a", "--format", "xml")).isEqualTo(2);
    assertThat(err.toString()).contains("csv, jsonl");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "export",
        "report",
        "export --run a --format brink",
        "export --run a --format brink -o f --table runs",
        "export --run a --gradients",
        "runs --watch --json",
        "import no-such-file.brink",
        "replay --file no-such-file.brink",
        "replay --verify --all --file no-such-file.brink"
      })
  void options_thatMakeNoSense_exit2WithOneLine(String command) {
    assertThat(run(command.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
  }

  @Test
  void runs_byAnUnknownStatus_exits2() {
    assertThat(run("runs", "--status", "lazy")).isEqualTo(2);
    assertThat(err.toString()).contains("--status", "RUNNING");
  }

  @Test
  void monitor_withAnOddDuration_exits2() {
    assertThat(run("monitor", "--stalled-after", "soon")).isEqualTo(2);
    assertThat(err.toString()).contains("500ms, 60s, 5m or 2h");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "runs",
        "replay --run a",
        "replay --run a --set detector.startSamples=16",
        "report --run a",
        "end --run a",
        "runs --watch",
        "export --run a",
        "backfill --run a --out no-such-file"
      })
  void broker_away_exits1WithOneLineThatSaysWhatToDo(String command) {
    assertThat(runAgainstNobody(command)).isEqualTo(1);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains(NOBODY, "check --bootstrap-servers");
  }

  @Test
  void doctor_withoutBroker_exits1AndSaysWhatToDo() {
    assertThat(runAgainstNobody("doctor")).isEqualTo(1);
    assertThat(out.toString()).contains("OK    jdk", "FAIL  broker", "start Kafka");
  }

  @Test
  void config_missing_exits1AndNamesTheFile() {
    assertThat(run("runs", "--config", "no-such-file")).isEqualTo(1);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("no-such-file");
  }

  private int runAgainstNobody(String command) {
    String[] words =
        (command + " --bootstrap-servers " + NOBODY + " --config " + impatient).split(" ", -1);
    return run(words);
  }

  private int run(String... words) {
    CommandLine line = new CommandLine(new Root());
    List.of(
            new MonitorCommand(),
            new RunsCommand(),
            new ReplayCommand(),
            new ReportCommand(),
            new ExportCommand(),
            new ImportCommand(),
            new EndCommand(),
            new BackfillCommand(),
            new EditCommand(),
            new DeleteCommand(),
            new DoctorCommand())
        .forEach(line::addSubcommand);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(words);
  }

  @CommandLine.Command(name = "brink")
  private static final class Root {}
}
