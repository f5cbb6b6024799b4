package brink.distribution.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The page's checks in a browser, run by Node, which ask for what is to be done around the page.
 *
 * @param node the program
 * @param chromium the browser
 */
record PageChecks(Path node, Path chromium) {
  private static final Path PAGE = Repository.root().resolve("monitor/page");

  /** Does what the checks ask for. */
  @FunctionalInterface
  interface Requests {
    void act(String request) throws IOException;
  }

  /**
   * The checks with the npm packages that they need; the test is skipped where these cannot be had,
   * or with {@code BRINK_CHECKS=all} fails.
   */
  static PageChecks installed(Path node, Path chromium) throws IOException, InterruptedException {
    Process install =
        new ProcessBuilder(PAGE.resolve("install").toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (install.waitFor() != 0) {
      String skipped = "skipped: live page in a browser (npm could not fetch its packages)";
      if ("all".equals(System.getenv("BRINK_CHECKS"))) {
        return Assertions.fail(skipped);
      }
      System.out.println(skipped);
      return Assumptions.abort(skipped);
    }
    return new PageChecks(node, chromium);
  }

  /** Runs them to their end; what they printed is in the failure. */
  void run(List<String> arguments, Requests requests) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(node.toString(), PAGE.resolve("browser/check.mjs").toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("BRINK_CHROMIUM", chromium.toString());
    Process process = builder.start();
    StringBuilder printed = new StringBuilder();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        Writer in = process.outputWriter(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        printed.append(line).append('\n');
        if (line.startsWith("@")) {
          requests.act(line.substring(1));
          in.write("done\n");
          in.flush();
        }
      }
      assertThat(process.waitFor()).withFailMessage(printed::toString).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
