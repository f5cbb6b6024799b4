package brink.trainer.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the argument of {@code --data} may begin with. */
enum Scheme {
  CIFAR10("cifar10:DIR"),
  CSV("csv:FILE[?target=NAME&task=classification|regression]"),
  DL4J("dl4j:iris|mnist|cifar10"),
  MNIST("mnist:DIR"),
  NPY("npy:X,Y"),
  SYNTHETIC("synthetic:teacher|regression|digits|lowrank[?PARAMETER=VALUE&…]");

  private final String form;

  Scheme(String form) {
    this.form = form;
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
    return switch (this) {
      case CIFAR10 -> new CifarFolder(Path.of(rest));
      case CSV -> CsvFile.of(rest);
      case DL4J -> Dl4jIterator.of(rest);
      case MNIST -> new MnistFolder(Path.of(rest));
      case NPY -> NpyFiles.of(rest);
      case SYNTHETIC -> Synthetic.of(rest);
    };
  }
}
