package brink.trainer.cli;

import brink.trainer.descent.DirectCadence;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --direct-every}. */
final class DirectCadenceReader implements ITypeConverter<DirectCadence> {
  @Override
  public DirectCadence convert(String text) {
    try {
      return DirectCadence.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
