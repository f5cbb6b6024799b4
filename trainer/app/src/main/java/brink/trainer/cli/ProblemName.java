package brink.trainer.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A problem that Brink can build.
 *
 * @param text its name
 * @param file that describes it; null for those that Brink knows
 */
public record ProblemName(String text, @Nullable String file) {
  public static final ProblemName BN_LINEAR = new ProblemName("bn-linear", null);
  public static final ProblemName MATRIX_COMPLETION_BN =
      new ProblemName("matrix-completion-bn", null);
  public static final ProblemName MLP_BN = new ProblemName("mlp-bn", null);
  public static final ProblemName MLP_LN = new ProblemName("mlp-ln", null);
  public static final ProblemName VGG11_BN = new ProblemName("vgg11-bn", null);
  public static final ProblemName RESNET20_BN = new ProblemName("resnet20-bn", null);

  private static final List<ProblemName> KNOWN =
      List.of(BN_LINEAR, MATRIX_COMPLETION_BN, MLP_BN, MLP_LN, VGG11_BN, RESNET20_BN);

  /** Those that a file describes, as {@code NAME:FILE}. */
  private static final List<String> IN_FILES = List.of("dl4j", "network");

  /** A problem of a file. */
  public static ProblemName network(String file) {
    return new ProblemName("network", file);
  }

  /** A network that Deeplearning4j saved. */
  public static ProblemName dl4j(String file) {
    return new ProblemName("dl4j", file);
  }

  /**
   * Refuses a folder in the place of a problem's file.
   *
   * @param wanted what the file should be
   */
  static void requireNoFolder(String name, Path file, String wanted) {
    if (Files.isDirectory(file)) {
      throw new OptionException(
          "--problem %s: %s is a folder; give %s".formatted(name, file, wanted));
    }
  }

  /** As on the command line. */
  @Override
  public String toString() {
    return file == null ? text : text + ":" + file;
  }

  /** Every problem, those of a file as {@code NAME:FILE}. */
  static Stream<ProblemName> all() {
    return Stream.concat(
        KNOWN.stream(), IN_FILES.stream().map(name -> new ProblemName(name, "FILE")));
  }

  /** From the command line. */
  static final class Reader implements ITypeConverter<ProblemName> {
    @Override
    public ProblemName convert(String value) {
      int colon = value.indexOf(':');
      if (colon > 0 && colon < value.length() - 1 && IN_FILES.contains(value.substring(0, colon))) {
        return new ProblemName(value.substring(0, colon), value.substring(colon + 1));
      }
      return KNOWN.stream()
          .filter(problem -> problem.text.equalsIgnoreCase(value))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected one of %s, network:FILE or dl4j:FILE, found '%s'"
                          .formatted(String.join(", ", new Names()), value)));
    }
  }

  /** Names of those that need no file. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return KNOWN.stream().map(ProblemName::text).iterator();
    }
  }
}
