package brink.monitor.cli;

import brink.cli.KafkaOptions;
import brink.monitor.replay.RecordedRun;
import brink.monitor.replay.StepCount;
import brink.monitor.web.Json;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code brink export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Writes the uncut per-step record of a run: every field of every step.")
public final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Option(names = "--run", required = true, paramLabel = "ID", description = "The run.")
  private String runId = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "csv",
      description =
          "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). csv: a column for each field,"
              + " empty where it was not measured; jsonl: one message per line, as protobuf's"
              + " JSON.")
  private Format format = Format.csv;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      defaultValue = "-",
      description = "File to write, - for standard output (default: ${DEFAULT-VALUE}).")
  private String output = "-";

  /** Formats, named as they are typed. */
  enum Format {
    csv,
    jsonl
  }

  @Override
  public Integer call() throws Exception {
    return Failures.guard(spec, this::export);
  }

  private int export() throws IOException {
    RecordedRun run =
        RecordedRun.find(brink.monitor.records.RecordStore.of(kafka.settings()), runId);
    StepCount count = run.stepCount();
    RecordedSteps steps = new RecordedSteps(run, count);
    if (output.equals("-")) {
      write(steps, spec.commandLine().getOut());
    } else {
      try (PrintWriter file = new PrintWriter(Files.newBufferedWriter(Path.of(output)))) {
        write(steps, file);
      }
    }
    PrintWriter notes = spec.commandLine().getErr();
    count.sentence().ifPresent(text -> notes.println("run " + runId + ": " + text));
    notes.flush();
    return Failures.OK;
  }

  private void write(RecordedSteps steps, PrintWriter out) throws IOException {
    switch (format) {
      case csv -> csv(steps, out);
      case jsonl -> steps.forEach(step -> out.print(Json.line(step) + "\n"));
    }
    if (out.checkError()) {
      throw new IOException("cannot write to " + output + "; check the space and the permissions");
    }
  }

  /** Reads the steps twice: which columns there are is known after the last step only. */
  private static void csv(RecordedSteps steps, PrintWriter out) throws IOException {
    StepColumns columns = new StepColumns();
    steps.forEach(columns::include);
    List<String> names = columns.names();
    CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
    csv.writeRecord(names);
    steps.forEach(step -> csv.writeRecord(StepColumns.row(names, step)));
    csv.flush();
  }
}
