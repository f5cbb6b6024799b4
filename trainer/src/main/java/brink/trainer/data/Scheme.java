package brink.trainer.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the argument of {@code --data} may begin with. */
enum Scheme {
  CIFAR10("cifar10:DIR", dir -> new CifarFolder(Path.of(dir))),
  CSV("csv:FILE[?target=NAME&task=classification|regression]", CsvFile::of),
  DL4J("dl4j:iris|mnist|cifar10", Dl4jIterator::of),
  MNIST("mnist:DIR", dir -> new MnistFolder(Path.of(dir))),
  NPY("npy:X,Y", NpyFiles::of),
  SYNTHETIC("synthetic:teacher|regression[?PARAMETER=VALUE&…]", Synthetic::of);

  private final String form;
  private final Function<String, DataSource> source;

  Scheme(String form, Function<String, DataSource> source) {
    this.form = form;
    this.source = source;
  }

  static DataSource source(String argument) {
    for (Scheme scheme : values()) {
      String prefix = scheme.name().toLowerCase(Locale.ROOT) + ":";
      if (argument.startsWith(prefix)) {
        return scheme.sourceOf(argument, argument.substring(prefix.length()));
      }
    }
    throw new DataException(
        "--data '%s': unknown source, expected one of %s"
            .formatted(
                argument,
                Arrays.stream(values()).map(s -> s.form).collect(Collectors.joining(", "))));
  }

  private DataSource sourceOf(String argument, String rest) {
    if (rest.isBlank()) {
      throw new DataException(
          "--data '%s': nothing after the colon, expected %s".formatted(argument, form));
    }
    return source.apply(rest);
  }
}
