package brink.trainer.request;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** All options of a run, and requests as lists of arguments. */
public final class RunOptions {
  /** In the order in which help lists them. */
  public static final List<RunOption<?>> ALL =
      Stream.of(
              ProblemOptions.SETS,
              DescentOptions.SIZES,
              List.of(ProblemOptions.SEED),
              DeviceOptions.ALL,
              List.of(
                  ProblemOptions.RANK,
                  ProblemOptions.DL4J_TRAIN,
                  NetworkOptions.HIDDEN,
                  NetworkOptions.WIDTH),
              NetworkOptions.OF_ALL,
              MeasurementOptions.CADENCES,
              PublishingOptions.GRADIENTS,
              PublishingOptions.NAMES,
              DescentOptions.WAYS,
              MeasurementOptions.DETAILS,
              PublishingOptions.CHECKPOINTS)
          .<RunOption<?>>flatMap(List::stream)
          .toList();

  /** Those that say which run it is and where it is kept, not what it does. */
  private static final Set<RunOption<?>> OF_ONE_LIFE =
      Set.of(PublishingOptions.RUN_ID, PublishingOptions.CHECKPOINT_DIR);

  /** Those that neither what is trained nor what is measured depends on, but for rounding. */
  private static final Set<RunOption<?>> BESIDE_THE_WORK =
      Set.of(
          PublishingOptions.NAME,
          PublishingOptions.GROUP,
          PublishingOptions.TAG,
          PublishingOptions.CHECKPOINT_EVERY,
          DeviceOptions.THREADS);

  private static final RunRequest DEFAULT = RunRequest.builder().build();

  private RunOptions() {}

  /** The option of a name, with the dashes. */
  public static Optional<RunOption<?>> named(String name) {
    return ALL.stream().filter(option -> option.text().names().contains(name)).findFirst();
  }

  /** An option's default as it is written; empty where each problem has its own. */
  public static List<String> defaultOf(RunOption<?> option) {
    return option.written(DEFAULT);
  }

  /**
   * A request as arguments of the command line, {@code --name=value}: where it is not the default.
   * Its id and its folder are left out, which are not what the run does.
   */
  public static List<String> arguments(RunRequest request) {
    return arguments(request, Set.of());
  }

  /** The same without names, threads and the cadence of checkpoints: what the run works on. */
  public static List<String> workArguments(RunRequest request) {
    return arguments(request, BESIDE_THE_WORK);
  }

  private static List<String> arguments(RunRequest request, Set<RunOption<?>> others) {
    return ALL.stream()
        .filter(option -> !OF_ONE_LIFE.contains(option) && !others.contains(option))
        .filter(option -> !option.written(request).equals(defaultOf(option)))
        .flatMap(option -> option.written(request).stream().map(text -> option.name() + "=" + text))
        .toList();
  }

  /**
   * Sets what arguments of the command line say, {@code --name=value} or {@code --name value}.
   *
   * @throws OptionException if there is no such option or value
   */
  public static void read(List<String> arguments, RunRequestBuilder builder) {
    Map<RunOption<?>, List<String>> values = new LinkedHashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      RunOption<?> option =
          named(name).orElseThrow(() -> new OptionException("there is no option " + name));
      if (equals < 0 && ++i == arguments.size()) {
        throw new OptionException(name + " needs a value");
      }
      values
          .computeIfAbsent(option, _ -> new ArrayList<>())
          .add(equals < 0 ? arguments.get(i) : argument.substring(equals + 1));
    }
    values.forEach((option, written) -> option.set(builder, written));
  }

  static void copy(RunRequest from, RunRequestBuilder to) {
    ALL.forEach(option -> option.copy(from, to));
  }

  /**
   * Refuses what the problem of a request does not have: a user who gives such an option means an
   * ablation, and would take the run for it.
   *
   * @param applicable those options of some problems that this one has
   * @throws OptionException naming the first one that is not among them
   */
  public static void requireApplicable(RunRequest request, Set<RunOption<?>> applicable) {
    for (RunOption<?> option : ALL) {
      if (option.scope() == RunOption.Scope.SOME
          && !option.isOpen(request)
          && !applicable.contains(option)) {
        throw new OptionException(
            "%s does not apply to --problem %s".formatted(option.name(), request.problem().name()));
      }
    }
  }
}
