package brink.trainer.cli;

import brink.cli.PlainValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The options of a training command as text, so that a checkpoint can hold them. */
final class Arguments {
  /** Those that say which run it is and where it is kept, not what it does. */
  private static final Set<String> NOT_KEPT = Set.of("--run-id", "--checkpoint-dir", "--resume");

  private Arguments() {}

  @Command(name = "arguments")
  private static final class Holder {
    @Mixin private final TrainOptions options = new TrainOptions();
  }

  /** The options as a person gave them; empty where a program made them. */
  static List<String> of(TrainOptions options) {
    if (options.command == null) {
      return List.of();
    }
    Set<String> known = new TreeSet<>(parser(new Holder()).getCommandSpec().optionsMap().keySet());
    return options.command.commandLine().getParseResult().matchedOptions().stream()
        .filter(option -> known.contains(option.longestName()))
        .flatMap(Arguments::texts)
        .toList();
  }

  private static Stream<String> texts(OptionSpec option) {
    String name = option.longestName();
    return option.arity().max() == 0
        ? Stream.of(name)
        : option.originalStringValues().stream().map(value -> name + "=" + value);
  }

  /** Those that a checkpoint keeps. */
  static List<String> kept(List<String> arguments) {
    return arguments.stream().filter(argument -> !NOT_KEPT.contains(name(argument))).toList();
  }

  /** The earlier arguments, as far as they are not given anew, and the new ones. */
  static List<String> merged(List<String> earlier, List<String> given) {
    Set<String> anew = new TreeSet<>(given.stream().map(Arguments::name).toList());
    List<String> merged =
        new ArrayList<>(earlier.stream().filter(old -> !anew.contains(name(old))).toList());
    merged.addAll(given);
    return merged;
  }

  /**
   * The options that arguments say.
   *
   * @throws OptionException if this program does not take them
   */
  static TrainOptions parse(List<String> arguments) {
    Holder holder = new Holder();
    try {
      parser(holder).parseArgs(arguments.toArray(String[]::new));
    } catch (ParameterException e) {
      throw new OptionException(
          "the checkpoint's options are not understood (%s); resume it with the program that wrote it"
              .formatted(e.getMessage()));
    }
    holder.options.command = null;
    return holder.options;
  }

  private static CommandLine parser(Holder holder) {
    CommandLine parser = new CommandLine(holder);
    PlainValues.registerWith(parser);
    return parser;
  }

  private static String name(String argument) {
    int equals = argument.indexOf('=');
    return equals < 0 ? argument : argument.substring(0, equals);
  }
}
