package brink.trainer.cli;

import brink.trainer.data.DataDescription;
import brink.trainer.data.DataOptions;
import brink.trainer.data.DataSource;
import brink.trainer.data.Split;
import brink.trainer.request.OptionException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brink data}: what a run would train on. */
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Reads data as a run would, and prints what they are: rows, columns, shapes, classes,"
            + " split, first values, and what is likely wrong.")
public final class DataCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "SOURCE",
      description =
          "as of --data: synthetic:…, csv:FILE, npy:X,Y, npy:FILE.npz, mnist:DIR, cifar10:DIR,"
              + " cifar100:DIR or dl4j:iris|mnist")
  private String source = "";

  @Option(
      names = "--train-size",
      paramLabel = "N",
      description = "use the first N training examples")
  private @Nullable Integer trainSize;

  @Option(names = "--test-size", paramLabel = "N", description = "use the first N test examples")
  private @Nullable Integer testSize;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "seed of the split and of synthetic data (default: ${DEFAULT-VALUE})",
      defaultValue = "1")
  private long seed;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "how many of the first training examples are shown (default: ${DEFAULT-VALUE})",
      defaultValue = "3")
  private int rows;

  @Option(names = "--json", description = "One JSON object instead of text.")
  private boolean json;

  @Override
  public Integer call() {
    if (rows < 0) {
      throw new OptionException("--rows must be 0 or more, found " + rows);
    }
    DataOptions options =
        new DataOptions(trainSize, testSize, DataOptions.DEFAULT.testFraction(), seed, false);
    Split raw = DataSource.parse(source).load(options);
    // What a run does, unless its problem takes the features as they are.
    DataDescription description = raw.standardize().description();
    FirstRows first = FirstRows.of(raw, rows);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(DataJson.of(source, description, first));
    } else {
      DataText.lines(description, first).forEach(out::println);
    }
    out.flush();
    return 0;
  }
}
