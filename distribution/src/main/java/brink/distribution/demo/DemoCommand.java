package brink.distribution.demo;

import brink.distribution.broker.BrokerSettings;
import brink.monitor.MonitorSettings;
import brink.trainer.cli.Rate;
import brink.trainer.cli.StopSignal;
import brink.trainer.cli.TrainOptions;
import brink.trainer.run.PreparedRun;
import brink.trainer.run.TrainRun;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code brink demo}: broker, monitor and trainer in one process. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Runs everything in this process: a Kafka broker, the monitor and a training run that"
            + " reaches the Edge of Stability while you watch.")
public final class DemoCommand implements Callable<Integer> {
  /** Steps per second at which the default problem takes about two minutes. */
  private static final double WATCHABLE = 200;

  private static final int HIGHEST_PORT = 65_535;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Option(names = "--exit", description = "end after the run instead of serving on")
  private boolean exit;

  @Option(
      names = "--rate",
      paramLabel = "STEPS/S",
      converter = Rate.class,
      description = "steps per second, or max (default: 200; max with --exit)")
  private @Nullable Double rate;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "keep all runs in this folder, and show those of earlier starts (default: a temporary"
              + " folder that is deleted at the end)")
  private @Nullable Path dataDir;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "port of the Kafka broker (default: ${DEFAULT-VALUE})")
  private int port = BrokerSettings.DEFAULT_PORT;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description = "port of live page, metrics and API (default: ${DEFAULT-VALUE})")
  private int httpPort = MonitorSettings.DEFAULT_HTTP_PORT;

  @Option(names = "--open", description = "open the live page of the run in a browser")
  private boolean open;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final TrainOptions train = new TrainOptions();

  @Mixin
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private CommandSpec runOptions = train.spec();

  @Override
  public Integer call() throws Exception {
    requirePort("--port", port, 1);
    requirePort("--http-port", httpPort, 0);
    PreparedRun run = train.prepare(DemoCommand::note);
    StopSignal stop = new StopSignal().raisedAtShutdown(PATIENCE);
    try (DataFolder folder = DataFolder.open(dataDir)) {
      Browser browser = open ? Browser.ofTheDesktop() : Browser.NONE;
      Demo demo = new Demo(folder, port, httpPort, browser, stop, Clock.systemUTC());
      return demo.run(run, pace(), exit) ? 0 : 1;
    } finally {
      stop.done();
    }
  }

  static void note(String text) {
    System.err.println("brink: " + text);
  }

  private void requirePort(String option, int value, int least) {
    if (value < least || value > HIGHEST_PORT) {
      throw new ParameterException(
          spec.commandLine(),
          "%s must be from %d to %d, found %d".formatted(option, least, HIGHEST_PORT, value));
    }
  }

  private double pace() {
    if (rate != null) {
      return rate;
    }
    return exit ? TrainRun.UNPACED : WATCHABLE;
  }
}
