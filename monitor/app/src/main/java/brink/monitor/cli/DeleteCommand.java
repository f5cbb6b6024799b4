package brink.monitor.cli;

import brink.cli.KafkaOptions;
import brink.monitor.catalogue.NoteBook;
import brink.monitor.catalogue.RunCatalogue;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.text.Printable;
import brink.schemas.Instants;
import brink.schemas.KafkaSettings;
import brink.schemas.Replication;
import brink.schemas.Topic;
import brink.schemas.TopicCreation;
import brink.v1.RunNote;
import java.io.Console;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code brink delete}. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    description = {
      "Deletes runs that have ended, for all monitors of the cluster: lists, groups, pages and the"
          + " API act as if there were none.",
      "The records stay in Kafka for as long as their topics keep them, since Kafka deletes records"
          + " by age and not by run; what is left is printed."
    })
public final class DeleteCommand implements Callable<Integer> {
  private static final InstantSource CLOCK = InstantSource.system();

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--run",
      required = true,
      paramLabel = "ID",
      description = "The run; may be given several times.")
  private List<String> runIds = new ArrayList<>();

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Option(
      names = "--undo",
      description = "Bring deleted runs back, without what people wrote about them.")
  private boolean undo;

  @Override
  public Integer call() throws Exception {
    return Failures.guard(spec, () -> undo ? bringBack() : delete());
  }

  private int delete() {
    KafkaSettings settings = kafka.settings();
    List<RunEntry> runs = NamedRuns.among(RunCatalogue.read(settings), runIds);
    runs.forEach(DeleteCommand::requireEnded);
    PrintWriter out = spec.commandLine().getOut();
    if (!yes && !agreed(runs)) {
      out.println("nothing was deleted");
      out.flush();
      return Failures.FAILED;
    }
    var _ = TopicCreation.ensure(settings, Topic.DEFAULT_PARTITIONS, Replication.AUTOMATIC);
    try (NoteBook book = new NoteBook(settings)) {
      for (RunEntry run : runs) {
        book.write(run.runId(), deletion(run.runId()));
        out.println(Printable.of("deleted " + run.runId()));
      }
    }
    WhatRemains.lines().forEach(out::println);
    out.flush();
    return Failures.OK;
  }

  private static RunNote deletion(String runId) {
    return RunNote.newBuilder()
        .setRunId(runId)
        .setDeleted(true)
        .setUpdatedAt(Instants.toTimestamp(CLOCK.instant()))
        .build();
  }

  private int bringBack() {
    KafkaSettings settings = kafka.settings();
    List<RunEntry> runs = NamedRuns.among(RunCatalogue.readDeleted(settings), runIds);
    PrintWriter out = spec.commandLine().getOut();
    try (NoteBook book = new NoteBook(settings)) {
      for (RunEntry run : runs) {
        book.write(run.runId(), null);
        out.println(Printable.of("brought back " + run.runId()));
      }
    }
    out.flush();
    return Failures.OK;
  }

  private static void requireEnded(RunEntry run) {
    if (run.ended() == null) {
      throw new IllegalArgumentException(
          "run '%s' has not ended; stop its trainer, or ./brink end --run %1$s if it died"
              .formatted(run.runId()));
    }
  }

  // There is none where standard streams are redirected, unless jdk.console asks for one.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean agreed(List<RunEntry> runs) {
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      throw new IllegalArgumentException("nobody is there to be asked; --yes deletes");
    }
    String which =
        runs.stream()
            .map(run -> run.name().isEmpty() ? run.runId() : run.runId() + " (" + run.name() + ")")
            .collect(Collectors.joining(", "));
    String answer = console.readLine("Delete %s? [y/N] ", Printable.of(which));
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }
}
