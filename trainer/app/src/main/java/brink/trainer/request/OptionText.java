package brink.trainer.request;

import java.util.List;

/**
 * What people read of an option.
 *
 * @param names the first one is that of messages
 * @param label what stands for its value
 * @param help a line of its own in {@code --help}; {@code ${DEFAULT-VALUE}} and {@code
 *     ${COMPLETION-CANDIDATES}} stand for what they say
 */
public record OptionText(List<String> names, String label, String help) {
  static OptionText of(String name, String label, String help) {
    return new OptionText(List.of(name), label, help);
  }

  /** The same, also under a shorter name. */
  OptionText or(String shorter) {
    return new OptionText(List.of(names.getFirst(), shorter), label, help);
  }
}
