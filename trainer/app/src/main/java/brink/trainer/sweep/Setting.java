package brink.trainer.sweep;

import brink.trainer.request.RunOption;

/**
 * An option with one of its values.
 *
 * @param value as it is written
 */
public record Setting(RunOption<?> option, String value) {
  /** The option's shortest name without its dashes, for example {@code lr}. */
  public String name() {
    return nameOf(option);
  }

  /** For example {@code lr=0.1}. */
  @Override
  public String toString() {
    return name() + "=" + value;
  }

  /** An option's shortest name without its dashes. */
  public static String nameOf(RunOption<?> option) {
    return option.text().names().getLast().replaceFirst("^-+", "");
  }
}
