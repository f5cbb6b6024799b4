package brink.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Passes UTF-8 on as ASCII: symbols become words, and letters that have none a question mark. */
final class AsciiStream extends OutputStream {
  private static final Map<Integer, String> WORDS =
      Map.ofEntries(
          word("η", "eta"),
          word("λ", "lambda"),
          word("β", "beta"),
          word("α", "alpha"),
          word("τ", "tau"),
          word("κ", "kappa"),
          word("θ", "theta"),
          word("ε", "eps"),
          word("ζ", "zeta"),
          word("Γ", "Gamma"),
          word("Δ", "Delta"),
          word("Σ", "Sum "),
          word("∇", "grad "),
          word("∂", "d"),
          word("\u0303", "~"),
          word("‖", "||"),
          word("⟨", "<"),
          word("⟩", ">"),
          word("·", "*"),
          word("×", "x"),
          word("±", "+/-"),
          word("−", "-"),
          word("–", "-"),
          word("—", "-"),
          word("≈", "~"),
          word("≤", "<="),
          word("≥", ">="),
          word("≠", "!="),
          word("√", "sqrt "),
          word("∞", "inf"),
          word("←", "<-"),
          word("→", "->"),
          word("↔", "<->"),
          word("…", "..."),
          word("²", "^2"),
          word("³", "^3"),
          word("¼", "1/4"),
          word("½", "1/2"),
          word("₀", "0"),
          word("₁", "1"),
          word("₂", "2"),
          word("⁸", "^8"),
          word("°", "deg"),
          word("░", "."),
          word("▒", ":"),
          word("▓", "+"),
          word("█", "#"),
          word("“", "\""),
          word("”", "\""),
          word("’", "'"),
          word("\u00a0", " "));

  private final OutputStream to;
  private final byte[] character = new byte[4];
  private int held;
  private int wanted;

  AsciiStream(OutputStream to) {
    this.to = to;
  }

  private static Map.Entry<Integer, String> word(String symbol, String word) {
    return Map.entry(symbol.codePointAt(0), word);
  }

  @Override
  public void write(int value) throws IOException {
    int b = value & 0xff;
    if (b < 0x80) {
      complete();
      to.write(b);
    } else if (b >= 0xc0) {
      complete();
      wanted = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
      character[held++] = (byte) b;
    } else if (held > 0) {
      character[held++] = (byte) b;
      if (held == wanted) {
        complete();
      }
    } else {
      to.write('?');
    }
  }

  private void complete() throws IOException {
    if (held > 0) {
      String symbol = new String(character, 0, held, StandardCharsets.UTF_8);
      held = 0;
      to.write(WORDS.getOrDefault(symbol.codePointAt(0), "?").getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Override
  public void flush() throws IOException {
    to.flush();
  }

  @Override
  public void close() throws IOException {
    complete();
    to.close();
  }
}
