package brink.distribution.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import brink.distribution.FreePort;
import brink.distribution.Main;
import brink.distribution.Monitor;
import brink.distribution.Program;
import brink.distribution.ProgramProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Brokers, monitors and trainers of one test, each in a process of its own. */
final class Stage implements AutoCloseable {
  /** Machines that run such tests do much else. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  /** A trajectory that comes to the edge, flows and settles, in a few seconds at full speed. */
  static final int STEPS = 4_000;

  private static final List<String> TRAJECTORY =
      List.of("--steps", "" + STEPS, "--weight-decay", "0.02");

  private final Path folder;
  private final KafkaCluster cluster;
  private final List<Runnable> closing = new ArrayList<>();

  private Stage(Path folder, KafkaCluster cluster) {
    this.folder = folder;
    this.cluster = cluster;
  }

  /** A stage with a running cluster of so many nodes. */
  static Stage of(Path folder, int nodes) throws IOException {
    return new Stage(folder, KafkaCluster.start(folder, nodes));
  }

  /** A stage whose only node does not run yet. */
  static Stage withoutBroker(Path folder) {
    return new Stage(folder, KafkaCluster.notStarted(folder, 1, List.of()));
  }

  KafkaCluster cluster() {
    return cluster;
  }

  String servers() {
    return cluster.bootstrapServers();
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  String log(String name) {
    try {
      return Files.readString(file(name + ".log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A monitor that can be killed, and its HTTP interface. */
  record WatchingMonitor(ProgramProcess process, Monitor page) {}

  /**
   * Starts a monitor; it may not be ready yet.
   *
   * @param name of its log
   */
  WatchingMonitor monitor(String name, String... more) throws IOException {
    return monitor(name, Map.of(), more);
  }

  /** Starts such a monitor in an environment. */
  WatchingMonitor monitor(String name, Map<String, String> environment, String... more)
      throws IOException {
    String port = FreePort.find();
    List<String> arguments =
        new ArrayList<>(List.of("monitor", "-b", servers(), "--http-port", port));
    arguments.addAll(List.of(more));
    ProgramProcess process =
        closeLater(
            ProgramProcess.start(
                file(name + ".log"), environment, arguments.toArray(String[]::new)));
    return new WatchingMonitor(process, closeLater(new Monitor(port)));
  }

  /** Starts a trainer of the common trajectory. */
  ProgramProcess trainer(String run, String... more) throws IOException {
    return trainer(run, Map.of(), List.of(), more);
  }

  /** Starts such a trainer in an environment, by another command. */
  ProgramProcess trainer(
      String run, Map<String, String> environment, List<String> wrapper, String... more)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("train", "-b", servers(), "--run-id", run));
    arguments.addAll(TRAJECTORY);
    arguments.addAll(List.of(more));
    return closeLater(
        ProgramProcess.start(
            file(run + ".log"),
            environment,
            // where a run that must stop leaves its checkpoint
            Stream.concat(Stream.of("env", "-C", folder.toString()), wrapper.stream()).toList(),
            Main.class,
            arguments.toArray(String[]::new)));
  }

  /** Starts such a trainer in this process: many of their own would measure the machine. */
  CompletableFuture<Program.Result> trainerHere(String run, String... more) {
    List<String> arguments = new ArrayList<>(List.of("train", "-b", servers(), "--run-id", run));
    arguments.addAll(TRAJECTORY);
    arguments.addAll(List.of(more));
    return Program.start(arguments.toArray(String[]::new));
  }

  /** Goes on with a run whose trainer ended. */
  ProgramProcess resumed(String run, String from, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("train", "-b", servers(), "--resume", from));
    arguments.addAll(List.of(more));
    return closeLater(ProgramProcess.start(file(run + ".log"), arguments.toArray(String[]::new)));
  }

  /** Waits until a monitor has seen a step of a run. */
  static void awaitStep(Monitor monitor, String run, long step) {
    await().atMost(PATIENCE).until(() -> monitor.lastStep(run) >= step);
  }

  /** Waits until a trainer has done all its steps. */
  void awaitCompletion(ProgramProcess trainer, String run) throws InterruptedException {
    int exit = trainer.await(PATIENCE);
    assertThat(exit).withFailMessage(() -> log(run)).isZero();
  }

  /** Waits until a monitor has told the end of a run. */
  static void awaitEnd(Monitor monitor, String run) {
    await()
        .atMost(PATIENCE)
        .until(() -> monitor.isAt(run, "REGIME_ENDED") && monitor.lastStep(run) == STEPS - 1);
  }

  /** Verdicts on the same trajectory, trained now that nothing is disturbed. */
  Verdicts undisturbed(Monitor monitor) throws IOException, InterruptedException {
    awaitCompletion(trainer("undisturbed"), "undisturbed");
    awaitEnd(monitor, "undisturbed");
    return Verdicts.of(servers(), "undisturbed");
  }

  /** A run is complete, and its verdicts are those of the undisturbed one and of its replay. */
  void assertUntouched(String run, Verdicts undisturbed) {
    Verdicts.assertComplete(servers(), run, STEPS);
    assertThat(Verdicts.of(servers(), run)).isEqualTo(undisturbed);
    assertReplayed(run);
  }

  /** The same of many runs, replayed all at once. */
  void assertUntouched(Collection<String> runs, Verdicts undisturbed) {
    for (String run : runs) {
      Verdicts.assertComplete(servers(), run, STEPS);
      assertThat(Verdicts.of(servers(), run)).isEqualTo(undisturbed);
    }
    Program.Result all = Program.run("replay", "--verify", "--all", "-b", servers());
    assertThat(all.exitCode()).withFailMessage(all.out() + all.err()).isZero();
  }

  /** A cold replay comes to the recorded verdicts. */
  void assertReplayed(String run) {
    Program.Result replay = Program.run("replay", "--verify", "--run", run, "-b", servers());
    assertThat(replay.exitCode()).withFailMessage(replay.out() + replay.err()).isZero();
  }

  @Override
  public void close() {
    closing.reversed().forEach(Runnable::run);
    cluster.close();
  }

  private ProgramProcess closeLater(ProgramProcess process) {
    closing.add(process::close);
    return process;
  }

  private Monitor closeLater(Monitor page) {
    closing.add(page::close);
    return page;
  }
}
