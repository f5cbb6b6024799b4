package brink.monitor.cli;

import brink.cli.KafkaOptions;
import brink.monitor.catalogue.NoteBook;
import brink.monitor.catalogue.NoteEdit;
import brink.monitor.catalogue.NoteRules;
import brink.monitor.catalogue.RunCatalogue;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.text.Printable;
import brink.schemas.KafkaSettings;
import brink.schemas.Replication;
import brink.schemas.Topic;
import brink.schemas.TopicCreation;
import brink.v1.RunNote;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code brink edit}. */
@Command(
    name = "edit",
    mixinStandardHelpOptions = true,
    description = {
      "Names, tags, annotates or archives runs, as the live page does.",
      "What is written here goes to the topic brink.notes, which every monitor of the cluster"
          + " shows; what the producer said of the run stays as it is."
    })
public final class EditCommand implements Callable<Integer> {
  private static final InstantSource CLOCK = InstantSource.system();

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--run",
      required = true,
      paramLabel = "ID",
      description = "The run; may be given several times.")
  private List<String> runIds = new ArrayList<>();

  @Option(
      names = "--name",
      paramLabel = "TEXT",
      description = "Name to show in place of the producer's; '' for the producer's again.")
  private @Nullable String name;

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description =
          "Tag to add, a word or KEY=VALUE, which takes the place of another value of KEY;"
              + " may be given several times.")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--untag",
      paramLabel = "TAG",
      description =
          "Tag to take away, whole or by its KEY; may be given several times. Tags of the producer"
              + " stay.")
  private List<String> untags = new ArrayList<>();

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      description = "Text that takes the place of the note; '' for none.")
  private @Nullable String note;

  @Option(names = "--archive", description = "Put the runs away: lists leave them out.")
  private boolean archive;

  @Option(names = "--unarchive", description = "List the runs again.")
  private boolean unarchive;

  @Override
  public Integer call() throws Exception {
    return Failures.guard(spec, this::edit);
  }

  private int edit() {
    NoteEdit edit = request();
    KafkaSettings settings = kafka.settings();
    List<RunEntry> runs = NamedRuns.among(RunCatalogue.read(settings), runIds);
    Map<RunEntry, RunNote> notes = new LinkedHashMap<>();
    runs.forEach(run -> notes.put(run, edit.of(run.runId(), run.note(), CLOCK.instant())));
    var _ = TopicCreation.ensure(settings, Topic.DEFAULT_PARTITIONS, Replication.AUTOMATIC);
    PrintWriter out = spec.commandLine().getOut();
    try (NoteBook book = new NoteBook(settings)) {
      notes.forEach(
          (run, changed) -> {
            book.write(run.runId(), NoteRules.kept(changed));
            out.println(Printable.of(run.runId() + ": " + words(changed)));
          });
    }
    out.flush();
    return Failures.OK;
  }

  private NoteEdit request() {
    if (archive && unarchive) {
      throw new IllegalArgumentException("--archive and --unarchive exclude each other");
    }
    Boolean archived = (archive || unarchive) ? (Boolean) archive : null;
    NoteEdit edit = new NoteEdit(name, tags, untags, note, archived);
    if (edit.isEmpty()) {
      throw new IllegalArgumentException(
          "nothing to change; give --name, --tag, --untag, --note, --archive or --unarchive");
    }
    return edit;
  }

  private static String words(RunNote note) {
    List<String> words = new ArrayList<>();
    if (!note.getName().isEmpty()) {
      words.add("named '" + note.getName() + "'");
    }
    if (note.getTagsCount() > 0) {
      words.add("tags " + String.join(", ", note.getTagsList()));
    }
    if (!note.getNote().isEmpty()) {
      words.add("note '" + note.getNote() + "'");
    }
    if (note.getArchived()) {
      words.add("archived");
    }
    return words.isEmpty() ? "nothing is written about it" : String.join("; ", words);
  }
}
