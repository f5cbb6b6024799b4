package brink.distribution;

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
  public static ProgramProcess start(Path log, Map<String, String> environment, String... arguments)
      throws IOException {
    return start(log, environment, List.of(), Main.class, arguments);
  }

  /**
   * Another program.
   *
   * @param wrapper command that takes this one as its last arguments, and becomes it; may be empty
   * @param main what to run
   */
  public static ProgramProcess start(
      Path log,
      Map<String, String> environment,
      List<String> wrapper,
      Class<?> main,
      String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    // many of them share a machine: none needs the tests' heap
    command.add("-Xmx512m");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    return new ProgramProcess(builder.start());
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for the end of the process, and tells its exit code. */
  public int await(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience)) {
      throw new AssertionError("the program did not end within " + patience);
    }
    return process.exitValue();
  }

  /** SIGKILL: nothing in the JVM gets to run. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** SIGSTOP: the process stands still, and does not know it. */
  public void suspend() {
    signal("STOP");
  }

  /** SIGCONT: it goes on. */
  public void resume() {
    signal("CONT");
  }

  /** Id of the process. */
  public long pid() {
    return process.pid();
  }

  private void signal(String name) {
    try {
      int exit =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
              .inheritIO()
              .start()
              .waitFor();
      if (exit != 0) {
        throw new AssertionError("kill -" + name + " ended with " + exit);
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
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
