package brink.monitor.cli;

import brink.cli.DurationConverter;
import brink.cli.KafkaOptions;
import brink.cli.Terminal;
import brink.monitor.catalogue.RunCatalogue;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.web.Json;
import com.google.gson.JsonArray;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code brink runs}. */
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    description =
        "Lists all runs from Kafka alone: how each is doing, and what became of it at the edge.")
public final class RunsCommand implements Callable<Integer> {
  /** Cursor home, and all below it cleared. */
  private static final String REPAINT = "\u001b[H\u001b[J";

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);

  /** Header, line that sums up, and the prompt. */
  private static final int OTHER_ROWS = 4;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private KafkaOptions kafka = new KafkaOptions();
  @Mixin private RunSelection selection = new RunSelection();

  @Option(
      names = "--sort",
      paramLabel = "ORDER",
      defaultValue = "started",
      description =
          "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, newest first). edge is by the step"
              + " of the first entry; what is not known comes last.")
  private RunOrder order = RunOrder.started;

  @Option(
      names = "--wide",
      description =
          "All columns, uncut, with the outcome in words; otherwise a table fits the terminal.")
  private boolean wide;

  @Option(names = "--json", description = "One JSON array instead of a table.")
  private boolean json;

  @Option(
      names = "--watch",
      paramLabel = "TIME",
      arity = "0..1",
      fallbackValue = "2s",
      converter = DurationConverter.class,
      description = "List again every 2 s, or as often as is said, until Ctrl-C.")
  private @Nullable Duration watch;

  @Override
  public Integer call() throws Exception {
    return Failures.guard(
        spec,
        () -> {
          if (watch == null) {
            print(RunCatalogue.read(kafka.settings()), Terminal.ofThisProcess());
          } else {
            follow(watch);
          }
          return Failures.OK;
        });
  }

  private void follow(Duration pause) {
    if (json || pause.compareTo(SHORTEST_PAUSE) < 0) {
      throw new IllegalArgumentException(
          json ? "--watch shows a table; leave --json out" : "--watch takes 100ms or more");
    }
    // Fails at once where there is no Kafka; the catalogue would wait for it.
    var _ = RunCatalogue.read(kafka.settings());
    try (RunCatalogue runs = RunCatalogue.follow(kafka.settings(), InstantSource.system())) {
      while (true) {
        if (runs.caughtUp()) {
          repaint(runs.runs());
        }
        Thread.sleep(runs.caughtUp() ? pause : SHORTEST_PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void repaint(List<RunEntry> runs) {
    Terminal terminal = Terminal.ofThisProcess();
    PrintWriter out = spec.commandLine().getOut();
    out.print(terminal.isOne() ? REPAINT : "");
    print(runs, terminal);
    if (!terminal.isOne()) {
      out.println();
      out.flush();
    }
  }

  private void print(List<RunEntry> all, Terminal terminal) {
    PrintWriter out = spec.commandLine().getOut();
    List<RunEntry> runs = order.of(selection.of(all));
    long archived = selection.archivedOf(all);
    if (json) {
      JsonArray array = new JsonArray();
      runs.forEach(run -> array.add(Json.summary(run)));
      out.println(array);
    } else if (runs.isEmpty()) {
      out.println(
          all.isEmpty()
              ? "no runs yet; ./brink demo or ./brink train makes one"
              : "none of %s runs is like that%s"
                  .formatted(BriefNumber.of((long) all.size()), besides(archived)));
    } else {
      RunListing listing = new RunListing(runs);
      List<String> lines = wide ? listing.wideTable() : listing.table(terminal.columns());
      print(lines, terminal, out);
      out.println(listing.summary() + besides(archived));
    }
    out.flush();
  }

  private static String besides(long archived) {
    return archived == 0 ? "" : "; %s archived (--archived)".formatted(BriefNumber.of(archived));
  }

  /** While watching, no more than there is room for. */
  private void print(List<String> lines, Terminal terminal, PrintWriter out) {
    int room = Math.max(2, terminal.rows() - OTHER_ROWS);
    boolean all = watch == null || lines.size() <= room;
    lines.stream().limit(all ? lines.size() : room).forEach(out::println);
    if (!all) {
      out.println("… and %d more".formatted(lines.size() - room));
    }
  }
}
