package brink.trainer.request;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
  public static void requireNoFolder(String name, Path file, String wanted) {
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
  public static Stream<ProblemName> all() {
    return Stream.concat(
        KNOWN.stream(), IN_FILES.stream().map(name -> new ProblemName(name, "FILE")));
  }

  /**
   * Reads the command line's form.
   *
   * @throws IllegalArgumentException if it is none; the message says what is expected
   */
  public static ProblemName parse(String text) {
    int colon = text.indexOf(':');
    if (colon > 0 && colon < text.length() - 1 && IN_FILES.contains(text.substring(0, colon))) {
      return new ProblemName(text.substring(0, colon), text.substring(colon + 1));
    }
    return KNOWN.stream()
        .filter(problem -> problem.text.equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected one of %s, network:FILE or dl4j:FILE, found '%s'"
                        .formatted(String.join(", ", known()), text)));
  }

  /** Names of those that need no file. */
  static List<String> known() {
    return KNOWN.stream().map(ProblemName::text).toList();
  }
}
