package brink.monitor.cli;

import brink.cli.CheckedFirst;
import brink.cli.KafkaOptions;
import brink.monitor.records.RunFile;
import brink.monitor.records.RunImport;
import brink.monitor.text.Printable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brink import}. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Publishes the runs of files that 'export --format brink' wrote: starts, steps, ends, and"
          + " gradients if they are there, with their times.",
      "The verdicts are not imported: the monitor that watches this Kafka makes its own. 'replay"
          + " --file' and 'report --file' need neither."
    })
public final class ImportCommand implements Callable<Integer>, CheckedFirst {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "The files.")
  private List<Path> files = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    return Failures.guard(
        spec,
        () -> {
          List<RunFile> opened = files.stream().map(RunFile::open).toList();
          RunImport into = new RunImport(kafka.settings(), InstantSource.system());
          PrintWriter out = spec.commandLine().getOut();
          for (RunFile file : opened) {
            long records = into.publish(file);
            out.println(
                "%s: %s records of %s"
                    .formatted(
                        file.path(),
                        BriefNumber.of(records),
                        Printable.of(String.join(", ", file.runIds()))));
            out.flush();
          }
          return Failures.OK;
        });
  }

  @Override
  public void check() {
    files.forEach(RunFile::open);
  }
}
