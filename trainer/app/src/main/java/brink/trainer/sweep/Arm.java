package brink.trainer.sweep;

import brink.trainer.request.RunOption;
import brink.trainer.request.RunRequest;
import brink.trainer.request.RunRequestBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * One way of doing it: options with the values that they take, of which all combinations are run.
 *
 * @param name empty for the only arm of a sweep
 * @param values of each option that was given, as they are written; at least one, and of an option
 *     that may be given several times all that it has
 */
public record Arm(String name, SequencedMap<RunOption<?>, List<String>> values) {
  public Arm {
    values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
  }

  /** The same with other values of these options, and with those that it lacks. */
  public Arm with(Map<RunOption<?>, List<String>> others) {
    SequencedMap<RunOption<?>, List<String>> merged = new LinkedHashMap<>(values);
    merged.putAll(others);
    return new Arm(name, merged);
  }

  /** Whether an option takes several values here, one in each run. */
  boolean varies(RunOption<?> option) {
    return !option.access().repeatable() && values.getOrDefault(option, List.of()).size() > 1;
  }

  /** The number of its runs, without making them. */
  double size() {
    return values.keySet().stream()
        .filter(this::varies)
        .mapToDouble(option -> values.getOrDefault(option, List.of()).size())
        .reduce(1, (a, b) -> a * b);
  }

  /** Every combination of values that vary; that of the first option varies slowest. */
  List<List<Setting>> combinations() {
    List<List<Setting>> all = List.of(List.of());
    for (Map.Entry<RunOption<?>, List<String>> entry : values.entrySet()) {
      if (varies(entry.getKey())) {
        all = product(all, entry.getKey(), entry.getValue());
      }
    }
    return all;
  }

  private static List<List<Setting>> product(
      List<List<Setting>> all, RunOption<?> option, List<String> values) {
    List<List<Setting>> longer = new ArrayList<>();
    for (List<Setting> one : all) {
      for (String value : values) {
        List<Setting> with = new ArrayList<>(one);
        with.add(new Setting(option, value));
        longer.add(List.copyOf(with));
      }
    }
    return longer;
  }

  /**
   * The request of one combination.
   *
   * @throws brink.trainer.request.OptionException if an option has no such value
   */
  RunRequestBuilder request(List<Setting> varying) {
    RunRequestBuilder request = RunRequest.builder();
    values.forEach(
        (option, written) -> {
          if (!varies(option)) {
            option.set(request, written);
          }
        });
    varying.forEach(setting -> setting.option().set(request, List.of(setting.value())));
    return request;
  }
}
