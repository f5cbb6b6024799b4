package brink.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Wrong usage as one line that names the help, and what may have been meant; exit code 2. */
public final class UsageErrors implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException error, String[] arguments) {
    CommandLine command = error.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    err.println(
        "brink: %s%s; see '%s --help'".formatted(error.getMessage(), suggestion(error), name));
    err.flush();
    return ExitCode.USAGE;
  }

  private static String suggestion(ParameterException error) {
    List<String> meant =
        error instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    return meant.isEmpty() ? "" : " (did you mean " + String.join(" or ", meant) + "?)";
  }
}
