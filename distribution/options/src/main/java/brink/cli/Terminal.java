package brink.cli;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The terminal that a person sits at.
 *
 * @param columns characters in a line; {@link #UNBOUNDED} where the output is no terminal
 * @param rows lines; likewise
 */
public record Terminal(int columns, int rows) {
  /** As wide and as high as needed. */
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  /** A file or a pipe. */
  public static final Terminal NONE = new Terminal(UNBOUNDED, UNBOUNDED);

  private static final Terminal USUAL = new Terminal(80, 24);
  private static final Pattern SIZE = Pattern.compile("(\\d{1,4}) (\\d{1,4})\\s*");
  private static final int LEAST_COLUMNS = 20;
  private static final long PATIENCE_MILLIS = 500;

  /** Whether the output is one. */
  public boolean isOne() {
    return columns != UNBOUNDED;
  }

  /** That of this process: by COLUMNS and LINES where they are set, else by {@code stty}. */
  public static Terminal ofThisProcess() {
    boolean terminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    return of(terminal, System.getenv(), Terminal::stty);
  }

  /** What asks the system. */
  interface Size {
    /** Rows and columns as {@code stty size} prints them; empty where nothing is known. */
    String text();
  }

  static Terminal of(boolean terminal, Map<String, String> environment, Size size) {
    if (!terminal) {
      return NONE;
    }
    int columns = number(environment.getOrDefault("COLUMNS", ""));
    int rows = number(environment.getOrDefault("LINES", ""));
    if (columns == 0 || rows == 0) {
      Matcher found = SIZE.matcher(size.text());
      boolean known = found.matches();
      columns = columns > 0 ? columns : known ? number(found.group(2)) : 0;
      rows = rows > 0 ? rows : known ? number(found.group(1)) : 0;
    }
    return new Terminal(
        columns >= LEAST_COLUMNS ? columns : USUAL.columns, rows > 0 ? rows : USUAL.rows);
  }

  private static int number(String text) {
    return text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
  }

  private static String stty() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        stty.destroy();
        return "";
      }
      return new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
