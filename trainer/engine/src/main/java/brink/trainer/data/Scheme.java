package brink.trainer.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the argument of {@code --data} may begin with, of the engine's own sources. */
enum Scheme implements DataSourceProvider {
  CIFAR10("cifar10:DIR"),
  CIFAR100("cifar100:DIR[?labels=fine|coarse]"),
  CSV("csv:FILE[?target=NAME&task=classification|regression&…]"),
  MNIST("mnist:DIR"),
  NPY("npy:X,Y or npy:FILE.npz"),
  SYNTHETIC("synthetic:teacher|regression|digits|lowrank[?PARAMETER=VALUE&…]");

  private final String form;

  Scheme(String form) {
    this.form = form;
  }

  static DataSource parse(String argument) {
    List<DataSourceProvider> all =
        Stream.concat(Arrays.stream(values()), installed())
            .sorted(Comparator.comparing(DataSourceProvider::scheme))
            .toList();
    for (DataSourceProvider provider : all) {
      String prefix = provider.scheme() + ":";
      if (argument.startsWith(prefix)) {
        return parse(provider, argument, argument.substring(prefix.length()));
      }
    }
    throw new DataException(
        "--data '%s': unknown source, expected one of %s"
            .formatted(
                argument,
                all.stream().map(DataSourceProvider::form).collect(Collectors.joining(", "))));
  }

  private static DataSource parse(DataSourceProvider provider, String argument, String rest) {
    if (rest.isBlank()) {
      throw new DataException(
          "--data '%s': nothing after the colon, expected %s".formatted(argument, provider.form()));
    }
    return provider.source(rest);
  }

  /** Those that libraries on the class path bring. */
  private static Stream<DataSourceProvider> installed() {
    return ServiceLoader.load(DataSourceProvider.class).stream().map(ServiceLoader.Provider::get);
  }

  @Override
  public String scheme() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String form() {
    return form;
  }

  @Override
  public DataSource source(String rest) {
    return switch (this) {
      case CIFAR10 -> CifarFolder.ten(rest);
      case CIFAR100 -> CifarFolder.hundred(rest);
      case CSV -> CsvFile.of(rest);
      case MNIST -> MnistFolder.of(rest);
      case NPY -> NpyFiles.of(rest);
      case SYNTHETIC -> Synthetic.of(rest);
    };
  }
}
