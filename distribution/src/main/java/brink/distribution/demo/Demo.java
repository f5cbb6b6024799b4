package brink.distribution.demo;

import brink.cli.Version;
import brink.distribution.broker.BrokerSettings;
import brink.distribution.broker.EmbeddedBroker;
import brink.monitor.MonitorApp;
import brink.monitor.MonitorSettings;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.outcome.OutcomeSentence;
import brink.monitor.records.RecordedReports.Reported;
import brink.monitor.text.Printable;
import brink.schemas.KafkaSettings;
import brink.schemas.Replication;
import brink.schemas.Topic;
import brink.schemas.TopicCreation;
import brink.trainer.cli.ProgressDisplay;
import brink.trainer.cli.StopSignal;
import brink.trainer.kernels.Kernels;
import brink.trainer.publish.Outage;
import brink.trainer.run.PreparedRun;
import brink.trainer.run.RunPlan;
import brink.trainer.run.RunPlanner;
import brink.trainer.run.TrainRun;
import brink.v1.Regime;
import brink.v1.RunStatus;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * One demo: starts broker and monitor, trains a run, tells what happened, serves on if asked to.
 */
final class Demo {
  /** How long the monitor may lag behind the end of the run. */
  private static final Duration MONITOR_LAG = Duration.ofSeconds(60);

  /** How long the parts may take to close once the broker is gone. */
  private static final Duration GIVE_UP_GRACE = Duration.ofSeconds(5);

  private static final String LIVE_PAGE = "Live page   ";

  private static final Duration POLL = Duration.ofMillis(50);

  private final DataFolder folder;
  private final int port;
  private final int httpPort;
  private final Browser browser;
  private final StopSignal stop;
  private final Clock clock;
  private final Narrator narrator = new Narrator();

  /**
   * A demo on these ports.
   *
   * @param httpPort 0 for any free one
   * @param browser shows the run's page; {@link Browser#NONE} to leave that to the user
   */
  Demo(DataFolder folder, int port, int httpPort, Browser browser, StopSignal stop, Clock clock) {
    this.folder = folder;
    this.port = port;
    this.httpPort = httpPort;
    this.browser = browser;
    this.stop = stop;
    this.clock = clock;
  }

  /**
   * Runs the demo.
   *
   * @param exit whether to end after the run
   * @return whether the run did what it was meant to
   */
  boolean run(PreparedRun run, double stepsPerSecond, boolean exit)
      throws IOException, InterruptedException {
    try (Kernels kernels = run.request().device().open(DemoCommand::note)) {
      RunPlan plan = RunPlanner.of(clock, RandomGenerator.getDefault()).plan(run, kernels);
      narrator.tellsOf(plan.description().runId());
      if (httpPort != 0) {
        URI monitor =
            URI.create("http://%s:%d/".formatted(MonitorSettings.DEFAULT_HTTP_HOST, httpPort));
        narrator.say(LIVE_PAGE + LivePage.of(monitor, plan.description().runId()));
      }
      narrator.say("Starting a Kafka broker, data in " + folder.path());
      try (EmbeddedBroker broker =
          EmbeddedBroker.start(BrokerSettings.local(folder.path().resolve("kafka"), port))) {
        var _ = broker.failure().thenAccept(this::giveUp);
        KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
        TopicCreation.ensure(kafka, Topic.DEFAULT_PARTITIONS, Replication.AUTOMATIC);
        run.requireFreshRunId(kafka);
        OwnRun own = OwnRun.in(folder);
        own.interrupted()
            .filter(id -> InterruptedRuns.end(kafka, id, clock))
            .ifPresent(
                id -> narrator.say("Run " + Printable.of(id) + " was interrupted; it is marked."));
        return monitored(kafka, plan, stepsPerSecond, exit);
      }
    }
  }

  private boolean monitored(KafkaSettings kafka, RunPlan plan, double stepsPerSecond, boolean exit)
      throws IOException, InterruptedException {
    MonitorSettings settings =
        MonitorSettings.of(kafka)
            .named(MonitorSettings.DEFAULT_APPLICATION_ID, "brink-demo")
            .servedAt(MonitorSettings.DEFAULT_HTTP_HOST, httpPort);
    try (MonitorApp monitor = new MonitorApp(settings, clock, narrator)) {
      monitor.start();
      awaitReady(monitor);
      greet(kafka, monitor, plan);
      Instant begin = plan.isResumed() ? Instant.EPOCH : clock.instant();
      RunStatus status = train(kafka, plan, stepsPerSecond);
      boolean watched = awaitVerdicts(monitor, plan.description().runId());
      summarise(kafka, plan, begin, status, watched);
      if (!exit && !stop.getAsBoolean()) {
        narrator.say("Still serving at " + monitor.uri() + "; Ctrl-C ends.");
        stop.await();
      }
      return watched && status != RunStatus.RUN_STATUS_FAILED;
    }
  }

  private void greet(KafkaSettings kafka, MonitorApp monitor, RunPlan plan) {
    URI page = LivePage.of(monitor.uri(), plan.description().runId());
    if (httpPort == 0) {
      narrator.say(LIVE_PAGE + page);
    }
    if (!browser.open(page)) {
      narrator.say("No browser could be started; open the live page yourself.");
    }
    narrator.say("Kafka       " + kafka.bootstrapServers());
    narrator.say("Metrics     " + monitor.uri().resolve("/metrics"));
    narrator.say("Runs        " + monitor.uri().resolve("/api/runs"));
    List<RunEntry> earlier = monitor.catalogue().runs();
    for (RunEntry run : earlier) {
      narrator.say(
          "Earlier run %s: %s, %s"
              .formatted(
                  Printable.of(run.runId()), run.status(), OutcomeSentence.of(run.outcome())));
    }
    narrator.say(
        "Run         %s: %s, %,d steps, η = %s, λ = %s"
            .formatted(
                plan.description().runId(),
                plan.problem().network(),
                plan.descent().steps(),
                plan.descent().hyperparameters().learningRate(),
                plan.descent().hyperparameters().weightDecay()));
    if (plan.problem().data() != null) {
      narrator.say("Data        " + plan.problem().data().line());
    }
  }

  private RunStatus train(KafkaSettings kafka, RunPlan plan, double stepsPerSecond) {
    TrainRun run =
        new TrainRun(plan, kafka, stepsPerSecond, Outage.DEFAULT_LIMIT, Version.current(), clock);
    OwnRun own = OwnRun.in(folder);
    own.begin(plan.description().runId());
    try (ProgressDisplay display =
        new ProgressDisplay(plan.problem().name(), plan, ProgressDisplay.onTerminal())) {
      narrator.above(display);
      RunStatus status = run.execute(display, stop);
      own.end();
      return status;
    } finally {
      narrator.above(null);
    }
  }

  private void awaitReady(MonitorApp monitor) throws InterruptedException {
    Instant deadline = clock.instant().plus(MONITOR_LAG);
    while (!monitor.reasonsNotReady().isEmpty() && clock.instant().isBefore(deadline)) {
      Thread.sleep(POLL);
    }
  }

  private boolean awaitVerdicts(MonitorApp monitor, String runId) throws InterruptedException {
    narrator.say("Waiting for the monitor to reach the end of the run");
    Instant deadline = clock.instant().plus(MONITOR_LAG);
    while (clock.instant().isBefore(deadline)) {
      RunEntry run = monitor.catalogue().run(runId);
      if (run != null && run.regime() == Regime.REGIME_ENDED) {
        return true;
      }
      Thread.sleep(POLL);
    }
    narrator.say(
        "The monitor did not reach the end of the run within "
            + MONITOR_LAG.toSeconds()
            + " s: "
            + monitor.reasonsNotReady());
    return false;
  }

  private void summarise(
      KafkaSettings kafka, RunPlan plan, Instant begin, RunStatus status, boolean watched) {
    String runId = plan.description().runId();
    String how = "Run " + runId + " " + status.name().replace("RUN_STATUS_", "");
    narrator.say("");
    if (!watched) {
      narrator.say(
          how
              + ": whether it reached the edge is not known, as the monitor has not reached the end"
              + " of the run; ask again with 'brink report --run "
              + runId
              + "'");
      return;
    }
    Reported reported = RunRecords.reported(kafka, runId, begin);
    narrator.say(how + ": " + OutcomeSentence.of(reported.outcome()));
    if (plan.problem().data() != null) {
      narrator.say("  data         " + plan.problem().data().line());
    }
    reported.report().lines().forEach(line -> narrator.say("  " + line));
  }

  /** Without its broker nothing more can be recorded: says so, and ends even if clients wait. */
  private void giveUp(Exception failure) {
    System.err.println("brink: " + failure.getMessage());
    stop.raise();
    Thread.ofPlatform()
        .daemon()
        .name("brink-give-up")
        .start(
            () -> {
              LockSupport.parkNanos(GIVE_UP_GRACE.toNanos());
              Runtime.getRuntime().halt(1);
            });
  }
}
