package brink.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example of the page on data, on files that are as it says. */
class DataPageTest {
  private static final Path PAGE = Path.of("../../docs/data.md");

  private static final Pattern EXAMPLE =
      Pattern.compile(
          "^\\./brink data '([^']+)'(?: --train-size (\\d+))?(?: --test-size (\\d+))?$",
          Pattern.MULTILINE);

  /** Names of files and folders, wherever a source has one. */
  private static final Pattern FILE =
      Pattern.compile(
          "(?<=[:,=])([\\w-]+\\.(?:csv|txt|npy|npz)|[\\w-]+-folder|[\\w-]+-(?:images|labels))");

  @TempDir static Path folder;

  static Stream<Matcher> examples() {
    Matcher found = EXAMPLE.matcher(page());
    return found.results().map(result -> matched(result.group()));
  }

  private static Matcher matched(String line) {
    Matcher matcher = EXAMPLE.matcher(line);
    assertThat(matcher.matches()).isTrue();
    return matcher;
  }

  private static String page() {
    try {
      return Files.readString(PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeAll
  static void writeFiles() throws IOException {
    text("iris.csv", "a,b,species\n" + lines(30, "%1$d.5,%2$d,%3$s\n"));
    text("iris-test.csv", "a,b,species\n" + lines(6, "%1$d.5,%2$d,%3$s\n"));
    text("wine.csv", lines(30, "%4$d,%1$d.5,%2$d\n"));
    text("houses.csv", "a,b,price\n" + lines(30, "%1$d.5,%2$d,%1$d.25\n"));
    text("european.csv", "a;b;kind\n" + lines(30, "%1$d,5;%2$d;%3$s\n"));
    text("gaps.csv", "a,b,kind\n1,NA,x\n?,2,y\n3,,x\n" + lines(30, "%1$d.5,%2$d,%3$s\n"));
    text("survey.txt", "A survey\n% by us\n" + lines(30, "%1$d  %2$d 5.5%1$d %3$s\n"));
    double[] counted = IntStream.range(0, 60).mapToDouble(i -> i * i % 17).toArray();
    double[] classes = IntStream.range(0, 20).mapToDouble(i -> i % 2).toArray();
    array("x.npy", "<f4", new int[] {20, 3}, counted);
    array("y.npy", "<i8", new int[] {20}, classes);
    array("xt.npy", ">f8", new int[] {20, 3}, counted);
    array("yt.npy", "|u1", new int[] {20}, classes);
    array("images.npy", "|u1", new int[] {20, 3, 4, 4}, new double[20 * 48]);
    Map<String, byte[]> members = new TreeMap<>();
    for (String part : List.of("train", "test")) {
      members.put("x_" + part, NumpyWriter.array("<f4", false, new int[] {20, 3}, counted));
      members.put("y_" + part, NumpyWriter.array("<i8", false, new int[] {20}, classes));
    }
    NumpyWriter.archive(folder.resolve("arrays.npz"), members);
    for (String part : List.of("train", "t10k")) {
      Path mnist = folder.resolve("mnist-folder");
      IdxWriter.part(mnist, part + "-%s-ubyte.gz", 30, i -> i % 10, true);
      Path emnist = folder.resolve("emnist-folder/gzip");
      IdxWriter.part(emnist, "emnist-letters-" + part + "-%s", 52, i -> i % 26 + 1, false);
      IdxWriter.part(emnist, "emnist-digits-" + part + "-%s", 30, i -> i % 10, false);
      Files.write(folder.resolve(part + "-images"), IdxWriter.images(30, 4, 5));
      Files.write(folder.resolve(part + "-labels"), IdxWriter.labels(30, i -> i % 10));
    }
    Path cifar = folder.resolve("cifar-folder");
    CifarFiles.write(cifar.resolve("cifar-10-batches-bin"), 40, 40, 1);
    Files.createDirectories(cifar.resolve("cifar-100-binary"));
    for (String name : List.of("train.bin", "test.bin")) {
      Files.write(cifar.resolve("cifar-100-binary").resolve(name), hundred());
    }
  }

  private static byte[] hundred() {
    byte[] bytes = new byte[200 * 3074];
    for (int i = 0; i < 200; i++) {
      bytes[i * 3074] = (byte) (i % 20);
      bytes[i * 3074 + 1] = (byte) (i % 100);
    }
    return bytes;
  }

  private static void text(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static void array(String name, String type, int[] shape, double[] values)
      throws IOException {
    Files.write(folder.resolve(name), NumpyWriter.array(type, false, shape, values));
  }

  /** Rows of a number, another one, a word and a class. */
  private static String lines(int count, String format) {
    return IntStream.range(0, count)
        .mapToObj(i -> format.formatted(i * i % 23, i * 7 % 11, "xyz".charAt(i % 3), i % 3 + 1))
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void example_ofThePage_isRead(Matcher example) {
    String source = FILE.matcher(example.group(1)).replaceAll(name -> inFolder(name.group(1)));
    Integer train = example.group(2) == null ? null : Integer.valueOf(example.group(2));
    Integer test = example.group(3) == null ? null : Integer.valueOf(example.group(3));

    Split split = DataSource.parse(source).load(DataOptions.DEFAULT.withSizes(train, test));

    assertThat(split.train().size()).isGreaterThan(1);
    assertThat(Objects.requireNonNull(split.test()).size()).isPositive();
    // Nothing of what the page recommends is suspicious, but for what it is about.
    assertThat(split.description().warnings())
        .allMatch(warning -> warning.matches("3 of 33 rows lack a value.*|.*no row to train on"));
  }

  private static String inFolder(String name) {
    assertThat(folder.resolve(name)).exists();
    return Matcher.quoteReplacement(folder.resolve(name).toString());
  }

  @Test
  void parameters_all_haveAnExample() {
    String examples = examples().map(example -> example.group(1)).collect(Collectors.joining("\n"));
    Map<String, List<String>> parameters =
        Map.of(
            "csv:", CsvFile.PARAMETERS,
            "npy:", NpyFiles.PARAMETERS,
            "mnist:", MnistFolder.PARAMETERS,
            "cifar100:", CifarFolder.PARAMETERS,
            "synthetic:digits", Digits.PARAMETERS,
            "synthetic:lowrank", LowRank.PARAMETERS,
            "synthetic:teacher", Synthetic.TEACHER,
            "synthetic:regression", Synthetic.REGRESSION);

    parameters.forEach(
        (source, names) -> {
          List<String> own = examples.lines().filter(line -> line.startsWith(source)).toList();
          assertThat(names)
              .allSatisfy(
                  name -> assertThat(own).anyMatch(line -> line.matches(".*[?&]" + name + "=.*")));
        });
  }

  @Test
  void line_thatThePageShows_isTheOneOfItsSource() {
    assertThat(page())
        .contains(
            "\n"
                + DataSource.parse("synthetic:digits?n=100&test=20&size=16&classes=4")
                    .load(DataOptions.DEFAULT.withSeed(1))
                    .description()
                    .line()
                + "\n");
  }

  @Test
  void sources_all_haveAnExample() {
    assertThat(Scheme.values())
        .allSatisfy(
            scheme ->
                assertThat(examples())
                    .anyMatch(example -> example.group(1).startsWith(scheme.scheme() + ":")));
  }
}
