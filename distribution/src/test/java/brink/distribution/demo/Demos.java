package brink.distribution.demo;

import brink.distribution.FreePort;
import brink.distribution.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Demos on ports of their own. */
final class Demos {
  private Demos() {}

  /** Starts one in this process. */
  static CompletableFuture<Program.Result> start(
      Path dataDir, String httpPort, String run, String... more) {
    return Program.start(arguments(dataDir, httpPort, run, more));
  }

  /** The command line of one. */
  static String[] arguments(Path dataDir, String httpPort, String run, String... more) {
    return Stream.concat(
            List.of(
                "demo",
                "--data-dir",
                dataDir.toString(),
                "--port",
                FreePort.find(),
                "--http-port",
                httpPort,
                "--run-id",
                run)
                .stream(),
            Stream.of(more))
        .toArray(String[]::new);
  }
}
