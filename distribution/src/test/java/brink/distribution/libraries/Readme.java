package brink.distribution.libraries;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The program in a library's README.
 *
 * @param program the first block of Java, a whole source file
 * @param output the first block of text, which it prints
 */
record Readme(Program program, String output) {
  /**
   * Reads it.
   *
   * @param folder of the library
   */
  static Readme of(Path folder) throws IOException {
    String text = Files.readString(folder.resolve("README.md"));
    return new Readme(new Program(block(text, "java")), block(text, "text"));
  }

  private static String block(String text, String language) {
    String lines =
        text.lines()
            .dropWhile(line -> !line.equals("```" + language))
            .skip(1)
            .takeWhile(line -> !line.equals("```"))
            .collect(Collectors.joining("\n"));
    if (lines.isBlank()) {
      throw new IllegalStateException("no block of " + language);
    }
    return lines + "\n";
  }

  /**
   * A source file that Java's launcher compiles and runs.
   *
   * @param source with a main method of its own
   */
  record Program(String source) {
    private static final String ERRORS = "errors.txt";

    /** The same with another text in the place of one that it has. */
    Program with(String text, String other) {
      if (!source.contains(text)) {
        throw new IllegalStateException("the README does not say " + text);
      }
      return new Program(source.replace(text, other));
    }

    /** What a program said on standard error when it ran in this folder. */
    static String errors(Path folder) throws IOException {
      return Files.readString(folder.resolve(ERRORS));
    }

    /**
     * Runs it in a JVM of its own.
     *
     * @param folder that takes the source
     * @return what it prints
     */
    String run(Path folder, List<String> classPath) throws IOException, InterruptedException {
      Path file = Files.writeString(folder.resolve("Example.java"), source);
      Path errors = folder.resolve(ERRORS);
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "--add-opens=java.base/java.nio=ALL-UNNAMED",
                  "-cp",
                  String.join(File.pathSeparator, classPath),
                  file.toString())
              .redirectError(errors.toFile())
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new AssertionError("the README's program failed: " + Files.readString(errors));
      }
      return output;
    }
  }
}
