package brink.trainer.cli;

import brink.trainer.run.TrainRun;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Steps per second as a person writes it: a positive number, or "max". */
public final class Rate implements ITypeConverter<Double> {
  @Override
  public Double convert(String text) {
    if (text.equals("max")) {
      return TrainRun.UNPACED;
    }
    try {
      double rate = Double.parseDouble(text);
      if (rate > 0) {
        return rate;
      }
    } catch (NumberFormatException e) {
      // told below, with everything else that is no rate
    }
    throw new TypeConversionException(
        "'%s' is not a rate: give steps per second, for example 200, or 'max'".formatted(text));
  }
}
