package brink.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brink completion}. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Prints what makes a shell complete commands, options and choices.",
      "bash: source <(brink completion bash); zsh: the same with zsh. In ~/.bashrc or ~/.zshrc it"
          + " holds for good."
    })
public final class CompletionCommand implements Callable<Integer> {
  /** One script serves both: in zsh it turns on the completion of bash. */
  private static final List<String> SHELLS = List.of("bash", "zsh");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "0..1", paramLabel = "SHELL", description = "bash or zsh (default: bash).")
  private String shell = "bash";

  @Override
  public Integer call() {
    if (!SHELLS.contains(shell)) {
      throw new ParameterException(
          spec.commandLine(),
          "'%s' is none of the shells that can be helped: bash, zsh".formatted(shell));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(AutoComplete.bash("brink", spec.root().commandLine()));
    out.flush();
    return 0;
  }
}
