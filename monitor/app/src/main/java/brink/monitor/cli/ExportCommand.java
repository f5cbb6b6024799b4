package brink.monitor.cli;

import brink.cli.CheckedFirst;
import brink.cli.KafkaOptions;
import brink.cli.Version;
import brink.monitor.records.RecordStore;
import brink.monitor.records.RunFileWriter;
import brink.monitor.records.RunMessages;
import brink.monitor.records.RunStarts;
import brink.monitor.replay.RecordedRun;
import brink.monitor.replay.StepCount;
import brink.monitor.text.Printable;
import brink.monitor.web.Json;
import brink.schemas.BrinkSerdes;
import brink.schemas.Topic;
import brink.v1.FlowFitted;
import brink.v1.RegimeChanged;
import brink.v1.RunStarted;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code brink export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes what is recorded of runs, uncut: every field of every step with what follows from it"
          + " (η̃, s, 2/η̃, flow time, regime, episode), or their regime changes, fits or"
          + " settings.",
      "With --format brink all records of the runs go to one file, which 'replay --file', 'report"
          + " --file' and 'import' read."
    })
public final class ExportCommand implements Callable<Integer>, CheckedFirst {
  private static final String STANDARD_OUTPUT = "-";

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private KafkaOptions kafka = new KafkaOptions();
  @Mixin private RecordsOption records = new RecordsOption();
  @Mixin private ChosenRuns runs = new ChosenRuns();

  @Option(
      names = "--table",
      paramLabel = "TABLE",
      defaultValue = "steps",
      description =
          "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). regimes: a row for each change;"
              + " fits: for each fit of the flow; runs: for each run, with its settings and tags.")
  private Table table = Table.steps;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "csv",
      description =
          "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). csv: a column for each field,"
              + " empty where it was not measured; jsonl: a line with the runs and units, then one"
              + " message per line, as protobuf's JSON; brink: a file of all records.")
  private Format format = Format.csv;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = STANDARD_OUTPUT,
      description = "File to write, - for standard output (default: ${DEFAULT-VALUE}).")
  private String output = STANDARD_OUTPUT;

  @Option(
      names = "--gradients",
      description = "With --format brink: with the published gradients, by far the largest part.")
  private boolean gradients;

  /** Tables, named as they are typed. */
  enum Table {
    steps,
    regimes,
    fits,
    runs
  }

  /** Formats, named as they are typed. */
  enum Format {
    csv,
    jsonl,
    brink
  }

  @Override
  public Integer call() throws Exception {
    return Failures.guard(spec, this::export);
  }

  @Override
  public void check() {
    runs.check(records);
    if (format == Format.brink && table != Table.steps) {
      throw new IllegalArgumentException("--format brink has all tables; leave --table out");
    }
    if (format == Format.brink && output.equals(STANDARD_OUTPUT)) {
      throw new IllegalArgumentException("--format brink needs a file; -o FILE.brink names it");
    }
    if (format != Format.brink && gradients) {
      throw new IllegalArgumentException("--gradients goes with --format brink");
    }
  }

  private int export() throws IOException {
    check();
    RecordStore store = records.store(kafka);
    RunStarts starts = RunStarts.of(store);
    List<String> runIds = runs.of(records, store, starts);
    if (format == Format.brink) {
      writeFile(store, runIds);
    } else if (output.equals(STANDARD_OUTPUT)) {
      write(store, starts, runIds, spec.commandLine().getOut());
    } else {
      try (PrintWriter file = new PrintWriter(Files.newBufferedWriter(Path.of(output)))) {
        write(store, starts, runIds, file);
      }
    }
    if (table == Table.steps) {
      noteMissing(store, runIds);
    }
    return Failures.OK;
  }

  private void writeFile(RecordStore store, List<String> runIds) throws IOException {
    Path path = Path.of(output);
    RunFileWriter writer = new RunFileWriter("brink " + Version.current(), InstantSource.system());
    long written;
    try (OutputStream file = Files.newOutputStream(path)) {
      written = writer.write(store, runIds, gradients, file);
    }
    note(
        "%s: %s records of %s, %s bytes"
            .formatted(
                output,
                BriefNumber.of(written),
                runIds.size() == 1 ? "1 run" : BriefNumber.of((long) runIds.size()) + " runs",
                BriefNumber.of(Files.size(path))));
  }

  private void noteMissing(RecordStore store, List<String> runIds) {
    for (String runId : runIds) {
      RecordedRun run = RecordedRun.find(store, runId);
      StepCount count = run.stepCount();
      run.readableSteps(count::found);
      count.sentence().ifPresent(text -> note("run " + Printable.of(runId) + ": " + text));
    }
  }

  private void note(String text) {
    PrintWriter notes = spec.commandLine().getErr();
    notes.println(text);
    notes.flush();
  }

  private void write(RecordStore store, RunStarts starts, List<String> runIds, PrintWriter out)
      throws IOException {
    switch (format) {
      case csv -> csv(rows(store, starts, runIds), out);
      case jsonl -> {
        print(out, ExportHeader.of(table.name(), starts, runIds));
        json(store, starts, runIds, line -> print(out, line));
      }
      case brink -> throw new IllegalStateException("written as bytes");
    }
    if (out.checkError()) {
      throw new IOException("cannot write to " + output + "; check the space and the permissions");
    }
  }

  private Rows rows(RecordStore store, RunStarts starts, List<String> runIds) {
    return switch (table) {
      case steps -> new StepRows(store, starts, runIds);
      case regimes ->
          new MessageRows(RegimeChanged.getDescriptor(), messages(store, starts, runIds)::accept);
      case fits ->
          new MessageRows(FlowFitted.getDescriptor(), messages(store, starts, runIds)::accept);
      case runs ->
          new MessageRows(RunStarted.getDescriptor(), messages(store, starts, runIds)::accept);
    };
  }

  /** What goes through the messages of the table, other than steps. */
  private Consumer<Consumer<? super Message>> messages(
      RecordStore store, RunStarts starts, List<String> runIds) {
    return switch (table) {
      case regimes ->
          action ->
              new RunMessages<>(store, Topic.REGIMES, BrinkSerdes.regimes(), runIds)
                  .forEach((_, change) -> action.accept(change));
      case fits ->
          action ->
              new RunMessages<>(store, Topic.FLOW, BrinkSerdes.flow(), runIds)
                  .forEach((_, fit) -> action.accept(fit));
      case runs -> action -> runIds.forEach(runId -> action.accept(starts.of(runId)));
      case steps -> throw new IllegalStateException("steps have more than their message");
    };
  }

  private void json(
      RecordStore store, RunStarts starts, List<String> runIds, Consumer<JsonElement> line) {
    if (table == Table.steps) {
      new StepRows(store, starts, runIds)
          .forEachStep(
              (step, derived) -> {
                JsonObject json = Json.message(step).getAsJsonObject();
                json.add("derived", StepRows.json(derived));
                line.accept(json);
              });
    } else {
      messages(store, starts, runIds)
          .accept(message -> line.accept(Json.message((MessageOrBuilder) message)));
    }
  }

  private static void print(PrintWriter out, JsonElement json) {
    out.print(json + "\n");
  }

  private static void csv(Rows rows, PrintWriter out) throws IOException {
    CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
    csv.writeRecord(rows.names());
    rows.forEach(row -> csv.writeRecord(row));
    csv.flush();
  }
}
