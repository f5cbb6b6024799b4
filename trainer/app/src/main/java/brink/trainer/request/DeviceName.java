package brink.trainer.request;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What to compute on: {@code cpu}, {@code cuda}, {@code cuda:N} or {@code auto}. */
public sealed interface DeviceName {
  /** The processor. */
  record Cpu() implements DeviceName {
    @Override
    public String toString() {
      return "cpu";
    }
  }

  /**
   * An NVIDIA GPU.
   *
   * @param ordinal from 0 on
   */
  record Cuda(int ordinal) implements DeviceName {
    private static final Pattern FORM = Pattern.compile("cuda(?::(\\d{1,4}))?");

    @Override
    public String toString() {
      return "cuda:" + ordinal;
    }
  }

  /** The first GPU if it can be used, else the processor. */
  record Auto() implements DeviceName {
    @Override
    public String toString() {
      return "auto";
    }
  }

  /**
   * Reads the command line's form.
   *
   * @throws IllegalArgumentException if it is none; the message says what is expected
   */
  static DeviceName parse(String text) {
    Matcher cuda = Cuda.FORM.matcher(text);
    if (cuda.matches()) {
      String ordinal = cuda.group(1);
      return new Cuda(ordinal == null ? 0 : Integer.parseInt(ordinal));
    }
    return switch (text) {
      case "cpu" -> new Cpu();
      case "auto" -> new Auto();
      default ->
          throw new IllegalArgumentException(
              "expected cpu, cuda, cuda:N or auto, found '" + text + "'");
    };
  }
}
