package brink.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** What is said of option values that are no numbers, or none of a choice: in a user's words. */
public final class PlainValues {
  private static final String WHOLE = "a whole number";

  private PlainValues() {}

  /** Makes a program and its commands read numbers and choices. Call it when all are there. */
  public static void registerWith(CommandLine program) {
    program.registerConverter(Integer.class, text -> number(text, Integer::valueOf, WHOLE));
    program.registerConverter(int.class, text -> number(text, Integer::valueOf, WHOLE));
    program.registerConverter(Long.class, text -> number(text, Long::valueOf, WHOLE));
    program.registerConverter(long.class, text -> number(text, Long::valueOf, WHOLE));
    program.registerConverter(Double.class, text -> number(text, Double::valueOf, "a number"));
    program.registerConverter(double.class, text -> number(text, Double::valueOf, "a number"));
    choices(program).forEach(type -> registerChoice(program, type));
  }

  private static List<Class<?>> choices(CommandLine program) {
    Stream<CommandLine> all =
        Stream.concat(Stream.of(program), program.getSubcommands().values().stream());
    return all.flatMap(command -> command.getCommandSpec().options().stream())
        .<Class<?>>map(PlainValues::valueType)
        .filter(Class::isEnum)
        .distinct()
        .toList();
  }

  private static Class<?> valueType(OptionSpec option) {
    return option.isMultiValue() ? option.auxiliaryTypes()[0] : option.type();
  }

  private static <E> void registerChoice(CommandLine program, Class<E> type) {
    program.registerConverter(type, text -> choice(text, type.getEnumConstants()));
  }

  private static <E> E choice(String text, E[] constants) {
    return Arrays.stream(constants)
        .filter(constant -> isMeant(constant, text))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected one of %s, found '%s'"
                        .formatted(
                            Arrays.stream(constants)
                                .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")),
                            text)));
  }

  /** Checkpoints hold what users wrote, so both names of a choice stay good. */
  private static boolean isMeant(Object constant, String text) {
    return text.equalsIgnoreCase(constant.toString())
        || (constant instanceof Enum<?> choice && text.equalsIgnoreCase(choice.name()));
  }

  private static <N> N number(String text, Function<String, N> reader, String expected) {
    try {
      return reader.apply(text.strip());
    } catch (NumberFormatException e) {
      throw new TypeConversionException("expected %s, found '%s'".formatted(expected, text));
    }
  }
}
