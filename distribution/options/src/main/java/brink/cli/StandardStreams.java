package brink.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;

/**
 * Standard output and error in UTF-8 whatever the locale is, since Java writes a question mark for
 * each letter that the locale's character set does not have, and the C locale has no η. Where the
 * locale names another character set, or {@code BRINK_ASCII} is set, words in ASCII take the place
 * of symbols.
 */
public final class StandardStreams {
  private StandardStreams() {}

  /** Replaces this process's streams. Call it first of all. */
  public static void install() {
    boolean ascii = isAscii(System.getenv());
    System.setOut(stream(FileDescriptor.out, ascii));
    System.setErr(stream(FileDescriptor.err, ascii));
  }

  /** Has a program write to them. */
  public static void writeTo(CommandLine program) {
    program
        .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
  }

  private static PrintStream stream(FileDescriptor to, boolean ascii) {
    OutputStream bytes = new BufferedOutputStream(new FileOutputStream(to));
    return new PrintStream(ascii ? new AsciiStream(bytes) : bytes, true, StandardCharsets.UTF_8);
  }

  /** Whether the environment says that nothing but ASCII can be shown. */
  static boolean isAscii(Map<String, String> environment) {
    if (!environment.getOrDefault("BRINK_ASCII", "").isEmpty()) {
      return true;
    }
    for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String locale = environment.getOrDefault(name, "");
      if (!locale.isEmpty()) {
        int dot = locale.indexOf('.');
        String charset = dot < 0 ? "" : locale.substring(dot + 1).toLowerCase(Locale.ROOT);
        return !charset.isEmpty() && !charset.startsWith("utf");
      }
    }
    return false;
  }
}
