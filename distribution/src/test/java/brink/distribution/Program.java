package brink.distribution;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;

/** The program in this process. */
public final class Program {
  private Program() {}

  /**
   * What a command left behind.
   *
   * @param out what it wrote by picocli's writer, not what went to System.out
   * @param err likewise
   */
  public record Result(int exitCode, String out, String err) {}

  /** Runs a command to its end. */
  public static Result run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine program =
        Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int exitCode = program.execute(arguments);
    return new Result(exitCode, out.toString(), err.toString());
  }

  /** Runs a command in a thread of its own. */
  public static CompletableFuture<Result> start(String... arguments) {
    CompletableFuture<Result> result = new CompletableFuture<>();
    Thread.ofPlatform()
        .name("program " + String.join(" ", arguments))
        .daemon()
        .start(
            () -> {
              try {
                result.complete(run(arguments));
              } catch (Throwable failure) {
                result.completeExceptionally(failure);
              }
            });
    return result;
  }
}
