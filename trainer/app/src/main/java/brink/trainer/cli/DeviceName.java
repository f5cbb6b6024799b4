package brink.trainer.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What to compute on: {@code cpu}, {@code cuda}, {@code cuda:N} or {@code auto}. */
public sealed interface DeviceName {
  /** The processor. */
  record Cpu() implements DeviceName {}

  /**
   * An NVIDIA GPU.
   *
   * @param ordinal from 0 on
   */
  record Cuda(int ordinal) implements DeviceName {}

  /** The first GPU if it can be used, else the processor. */
  record Auto() implements DeviceName {}

  /** Reads the command line's form. */
  final class Reader implements ITypeConverter<DeviceName> {
    private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,4}))?");

    @Override
    public DeviceName convert(String text) {
      Matcher cuda = CUDA.matcher(text);
      if (cuda.matches()) {
        String ordinal = cuda.group(1);
        return new Cuda(ordinal == null ? 0 : Integer.parseInt(ordinal));
      }
      return switch (text) {
        case "cpu" -> new Cpu();
        case "auto" -> new Auto();
        default ->
            throw new TypeConversionException(
                "expected cpu, cuda, cuda:N or auto, found '" + text + "'");
      };
    }
  }
}
