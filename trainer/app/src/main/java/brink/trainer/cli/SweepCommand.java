package brink.trainer.cli;

import brink.cli.CheckedFirst;
import brink.cli.KafkaOptions;
import brink.cli.Version;
import brink.schemas.KafkaSettings;
import brink.trainer.checkpoint.CheckpointFolder;
import brink.trainer.kernels.Kernels;
import brink.trainer.problem.DataReader;
import brink.trainer.problem.RememberedData;
import brink.trainer.publish.Outage;
import brink.trainer.publish.PublishedRuns;
import brink.trainer.request.DeviceName;
import brink.trainer.request.OptionException;
import brink.trainer.request.RunRequest;
import brink.trainer.run.PreparedRun;
import brink.trainer.run.RunPlanner;
import brink.trainer.sweep.FinishedRun;
import brink.trainer.sweep.FinishedRun.Ending;
import brink.trainer.sweep.Sweep;
import brink.trainer.sweep.SweepMeasure;
import brink.trainer.sweep.SweepPlan;
import brink.trainer.sweep.SweptRun;
import brink.trainer.sweep.ThreadShare;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code brink sweep}: trains and publishes many runs in one process. */
@Command(
    name = "sweep",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Trains all combinations of lists of settings, several runs at once, as one group: numeric"
          + " options take lists and ranges such as 0.1,0.2, 1..3, lin:0..1:5 and"
          + " log:1e-4..1e-2:5.",
      "Ends with a table of what became of them. Interrupted, the same command goes on where it"
          + " was. Exits with 1 if a run did not complete."
    })
public final class SweepCommand implements Callable<Integer>, CheckedFirst {
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);

  private final SweepEpilogue epilogue;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private KafkaOptions kafka = new KafkaOptions();

  private final SweepOptions options = new SweepOptions();

  @Mixin
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private CommandSpec runOptions = options.spec();

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description =
          "runs at once (default: as many as there are processors for their --threads, of which"
              + " each has one unless fewer runs share the machine; on a GPU 1)")
  private @Nullable Integer parallel;

  @Option(names = "--dry-run", description = "list the runs, and train none")
  private boolean dryRun;

  @Option(
      names = "--map",
      paramLabel = "WHAT",
      description = "what the heat map shows: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private SweepMeasure measure = SweepMeasure.EDGE;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "also write the table and the heat map to one HTML file")
  private @Nullable Path html;

  @Mixin private TopicOptions topics = new TopicOptions();

  @Mixin private OutageLimitOption outage = new OutageLimitOption();

  /** A trainer that knows of no verdicts. */
  public SweepCommand() {
    this(SweepEpilogue.NONE);
  }

  /**
   * A trainer.
   *
   * @param epilogue what is said of a sweep that is over
   */
  public SweepCommand(SweepEpilogue epilogue) {
    this.epilogue = epilogue;
  }

  @Override
  public Integer call() throws IOException {
    SweepPlan plan = plan();
    if (dryRun) {
      list(plan);
      return 0;
    }
    KafkaSettings settings = kafka.settings();
    Duration limit = outage.limit(settings);
    RunPlanner planner =
        new RunPlanner(
            Clock.systemUTC(), RandomGenerator.getDefault(), new RememberedData(DataReader.ANEW));
    requireTrainable(plan, planner);
    Path folder = plan.runs().getFirst().request().checkpoints().folder();
    StopSignal stop = new StopSignal().raisedAtShutdown(STOP_PATIENCE);
    try (CheckpointFolder _ = folder == null ? null : CheckpointFolder.ofNewRun(folder)) {
      new Outage(limit, stop, SweepCommand::note, System::nanoTime)
          .outlast(settings.bootstrapServers(), () -> topics.ensure(settings));
      List<FinishedRun> finished = train(plan, planner, settings, limit, stop);
      return tell(plan, finished, settings, stop);
    } finally {
      stop.done();
    }
  }

  @Override
  public void check() {
    try {
      var _ = plan();
    } catch (OptionException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private SweepPlan plan() {
    topics.check();
    if (parallel != null && parallel < 1) {
      throw new OptionException("--parallel must be 1 or more, found " + parallel);
    }
    SweepPlan plan = options.plan();
    plan.runs().forEach(SweepCommand::check);
    return plan;
  }

  private List<FinishedRun> train(
      SweepPlan plan, RunPlanner planner, KafkaSettings settings, Duration limit, StopSignal stop) {
    ThreadShare share = share(plan);
    note(
        "sweep %s: %d runs, %d at once on %d %s each"
            .formatted(
                plan.group(),
                plan.runs().size(),
                share.parallel(),
                share.threads(),
                share.threads() == 1 ? "thread" : "threads"));
    Sweep sweep =
        new Sweep(plan, planner, share, settings, limit, Version.current(), planner.clock());
    try (SweepDisplay display =
        new SweepDisplay(plan.group(), plan.runs().size(), ProgressDisplay.onTerminal())) {
      return sweep.run(PublishedRuns.of(settings), display, stop);
    }
  }

  private int tell(
      SweepPlan plan, List<FinishedRun> finished, KafkaSettings settings, StopSignal stop)
      throws IOException {
    boolean leaving = stop.getAsBoolean();
    PrintWriter out = spec.commandLine().getOut();
    epilogue.tell(settings, finished, new SweepEpilogue.Presentation(measure, html, leaving), out);
    out.flush();
    long open =
        finished.stream()
            .filter(run -> run.ending() == Ending.STOPPED || run.ending() == Ending.NOT_STARTED)
            .count();
    if (open > 0) {
      note(
          "sweep %s: %d of %d runs are left; the same command goes on with them"
              .formatted(plan.group(), open, finished.size()));
    }
    return finished.stream().allMatch(run -> run.ending() == Ending.COMPLETED) ? 0 : 1;
  }

  private ThreadShare share(SweepPlan plan) {
    List<RunRequest> requests = plan.runs().stream().map(SweptRun::request).toList();
    Integer most =
        requests.stream()
            .map(request -> request.device().threads())
            .filter(Objects::nonNull)
            .max(Integer::compare)
            .orElse(null);
    boolean onGpu =
        requests.stream().anyMatch(request -> !(request.device().name() instanceof DeviceName.Cpu));
    return ThreadShare.of(
        parallel, most, Runtime.getRuntime().availableProcessors(), requests.size(), onGpu);
  }

  private static void check(SweptRun run) {
    try {
      RunPlanner.check(run.request());
    } catch (OptionException e) {
      throw run.label().isEmpty()
          ? e
          : new OptionException("%s (run %s)".formatted(e.getMessage(), run.label()), e);
    }
  }

  /**
   * Builds one run, so that data, files and folders that cannot be used are said before any is
   * trained.
   */
  private static void requireTrainable(SweepPlan plan, RunPlanner planner) {
    RunRequest request = plan.runs().getFirst().request();
    PreparedRun prepared = PreparedRun.of(request);
    try (Kernels kernels = request.device().open(SweepCommand::note)) {
      var _ = planner.plan(prepared, kernels);
    }
  }

  private void list(SweepPlan plan) {
    PrintWriter out = spec.commandLine().getOut();
    plan.runs().forEach(run -> out.println(run.label()));
    out.println("group %s: %d runs".formatted(plan.group(), plan.runs().size()));
    out.flush();
  }

  private static void note(String text) {
    System.err.println("brink: " + text);
  }
}
