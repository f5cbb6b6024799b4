package brink.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

final class CommandLineTest {
  private static final String NOBODY = "127.0.0.1:1";

  /** How long a client of Kafka's waits unless it is told otherwise: default.api.timeout.ms. */
  private static final Duration KAFKAS_PATIENCE = Duration.ofMinutes(1);

  static Stream<String> commands() {
    return Main.commandLine().getSubcommands().keySet().stream();
  }

  @Test
  void commands_always_areThoseOfTheDocumentation() {
    assertThat(commands())
        .contains(
            "demo", "train", "sweep", "data", "monitor", "runs", "replay", "report", "check",
            "export", "import", "end", "edit", "delete")
        .contains("doctor");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void help_ofEveryCommand_exits0WithUsage(String command) {
    Program.Result help = Program.run(command, "--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).startsWith("Usage: brink " + command);
    assertThat(help.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "sweep", "demo"})
  void help_ofTraining_hasTheDefaultsOfEveryProblem(String command) {
    assertThat(Program.run(command, "--help").out())
        .contains(
            "Defaults by problem:",
            "  mlp-bn --hidden 16,16\n    --lr 0.1 --wd 0.003 --steps 8000\n",
            "  vgg11-bn --width 0.125\n",
            "  matrix-completion-bn --rank 10\n",
            "    --data synthetic:regression?n=30&d=60&noise=2&test=1000\n",
            "  dl4j:FILE\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "sweep", "demo"})
  void help_ofTraining_hasEveryOptionUnderAHeading(String command) {
    assertThat(Program.run(command, "--help").out())
        .contains("What is trained:\n", "Training:\n", "The run:\n")
        .containsPattern("Other options:\n +-h, --help .*\n +-V, --version .*\n\n");
  }

  @Test
  void completion_ofAShell_isAScriptWithEveryCommand() {
    Program.Result zsh = Program.run("completion", "zsh");
    assertThat(zsh.exitCode()).isZero();
    assertThat(zsh.out()).contains("bashcompinit", "complete -F _complete_brink", "--weight-decay");
    assertThat(zsh.out()).contains(commands().toList());
    assertThat(Program.run("completion", "csh").err()).contains("'csh' is none of the shells");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void option_unknown_exits2AndNamesIt(String command) {
    Program.Result result = Program.run(command, "--run", "a", "--no-such-option");
    assertThat(result.exitCode()).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(result.err()).contains("--no-such-option");
  }

  @Test
  void command_unknown_exits2() {
    assertThat(Program.run("rnus").exitCode()).isEqualTo(CommandLine.ExitCode.USAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"runs", "replay --run a", "export --run a", "monitor"})
  @Timeout(60)
  void broker_away_exits1WithOneLineThatSaysWhatToDo(String command, @TempDir Path folder)
      throws IOException {
    Path impatient = folder.resolve("client.properties");
    Files.writeString(
        impatient, "default.api.timeout.ms=500\nrequest.timeout.ms=400\nmax.block.ms=500\n");
    Program.Result result =
        run(command + " --bootstrap-servers " + NOBODY + " --config " + impatient);
    assertThat(result.exitCode()).isEqualTo(CommandLine.ExitCode.SOFTWARE);
    assertThat(result.err().strip().lines()).hasSize(1);
    assertThat(result.err()).contains(NOBODY, "--bootstrap-servers");
  }

  @Test
  void runs_brokerAway_failsLongBeforeKafkaWould() {
    CompletableFuture<Program.Result> result =
        CompletableFuture.supplyAsync(() -> run("runs --bootstrap-servers " + NOBODY));
    await().atMost(KAFKAS_PATIENCE.dividedBy(2)).until(result::isDone);
    assertThat(result.join().exitCode()).isEqualTo(CommandLine.ExitCode.SOFTWARE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train --problem nonsense",
        "train --rate -1",
        "train --steps -5",
        "train --data ftp:somewhere",
        "demo --exit --learning-rate nonsense",
        "replay",
        "export --run a --format xml"
      })
  void value_impossible_exits2BeforeAnythingStarts(String command) {
    Program.Result result = run(command);
    assertThat(result.exitCode()).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(result.err().lines().findFirst().orElseThrow()).isNotBlank();
    assertThat(result.err()).doesNotContain("Exception", "null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"monitor", "trainer", "trainer-gpu"})
  void composeFile_commandOfEachService_isUnderstood(String service) throws IOException {
    List<String> words = composeCommand(service);
    assertThat(words).anyMatch(word -> word.contains("kafka:19092"));

    ParseResult parsed = Main.commandLine().parseArgs(words.toArray(String[]::new));

    assertThat(parsed.subcommand().commandSpec().name()).isEqualTo(words.getFirst());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "train --data ftp:x|--data 'ftp:x': unknown source",
        "train --data csv:/no/such.csv|--data: /no/such.csv: no such file",
        "train --train-size 0|--train-size must be at least 2, found 0",
        "train --learning-rate -1|--learning-rate must be a number above 0, found -1.0",
        "train --lr abc|'--learning-rate': expected a number, found 'abc'",
        "train --steps 1.5|'--steps': expected a whole number, found '1.5'",
        "train --precision bf16|'--precision': expected one of float32, tf32, bf16x9, float64,"
            + " found 'bf16'",
        "train --curvature here|expected one of none, iterate, midpoint, both, found 'here'",
        "train --partitions 0|--partitions must be 1 or more, found 0",
        "train --resume /no/such|--resume /no/such: no such file or folder",
        "train --checkpoint-dir /dev/null|--checkpoint-dir /dev/null cannot be written to:"
            + " /dev/null exists and is not a folder",
        "train --nosuch|Unknown option: '--nosuch' (did you mean --",
        "sweep --lr 0.1..0.5|'--learning-rate': 0.1..0.5: a range of other than whole numbers needs"
            + " its number of values; write lin:0.1..0.5:5",
        "sweep --lr 0.1,-1|--learning-rate must be a number above 0, found -1.0 (run lr=-1)",
        "sweep --parallel 0|--parallel must be 1 or more, found 0",
        "sweep --study /no/such.yaml|--study /no/such.yaml: no such file or folder",
        "sweep --data csv:/no/such.csv|--data: /no/such.csv: no such file",
        "train --fork|--fork needs a run to fork off",
        "demo --exit --port 70000|--port must be from 1 to 65535, found 70000",
        "demo --exit --http-port -1|--http-port must be from 0 to 65535, found -1",
        "replay --run a --from-step -1|--from-step must be 0 or more, found -1",
        "replay --run a --set flow.cadence=1e300|--set: flow.cadence is 1.0E300; allowed are"
      })
  void value_notAllowed_exits2WithOneLineThatNamesOptionAndValue(String command, String message) {
    Program.Result result = run(command);
    assertThat(result.exitCode()).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(result.err().strip().lines()).hasSize(1);
    assertThat(result.err()).contains(message);
  }

  private static Program.Result run(String command) {
    return Program.run(command.split(" ", -1));
  }

  /** The words of a service's command, with variables at their defaults. */
  private static List<String> composeCommand(String service) throws IOException {
    Map<String, Object> file =
        new Yaml().load(Files.readString(Path.of("..", "docker-compose.yml")));
    Object command = member(member(member(file, "services"), service), "command");
    if (command instanceof List<?> list) {
      return list.stream().map(word -> withDefaults(word.toString())).toList();
    }
    return List.of(withDefaults(command.toString()).split(" ", -1));
  }

  private static Object member(Object map, String key) {
    return Objects.requireNonNull(((Map<?, ?>) map).get(key), key);
  }

  private static String withDefaults(String text) {
    return text.replaceAll("\\$\\{\\w+:-([^}]*)}", "$1");
  }
}
