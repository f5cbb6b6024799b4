package brink.quickstart;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program in a JVM of its own, so that it can be killed. */
public final class ProgramProcess implements AutoCloseable {
  private final Process process;

  private ProgramProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts the program with this JVM's flags and class path.
   *
   * @param log file that takes what it prints
   */
  public static ProgramProcess start(Path log, String... arguments) throws IOException {
    return start(log, Map.of(), arguments);
  }

  /**
   * The same with more variables in its environment.
   *
   * @param log file that takes what it prints
   */
  static ProgramProcess start(Path log, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    return new ProgramProcess(builder.start());
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for the end of the process, and tells its exit code. */
  int await(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience)) {
      throw new AssertionError("the program did not end within " + patience);
    }
    return process.exitValue();
  }

  /** SIGKILL: nothing in the JVM gets to run. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /**
   * SIGTERM, which a JVM takes like Ctrl-C.
   *
   * @return whether the process ended in time
   */
  public boolean terminate(Duration patience) {
    process.destroy();
    try {
      return process.waitFor(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    kill();
  }
}
