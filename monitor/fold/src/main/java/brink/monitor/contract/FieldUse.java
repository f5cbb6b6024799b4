package brink.monitor.contract;

import java.util.Locale;

/**
 * How often a run's steps carry a field.
 *
 * @param count steps with it
 * @param first the first of them; −1 if there is none
 * @param last the last of them
 * @param shortest least number of steps from one to the next; 0 before there are two
 * @param longest largest number of steps from one to the next
 */
public record FieldUse(long count, long first, long last, long shortest, long longest) {
  static final FieldUse NONE = new FieldUse(0, -1, -1, 0, 0);

  /** With a step that is later than all before it. */
  FieldUse with(long step) {
    if (count == 0) {
      return new FieldUse(1, step, step, 0, 0);
    }
    long gap = step - last;
    return new FieldUse(
        count + 1, first, step, count == 1 ? gap : Math.min(shortest, gap), Math.max(longest, gap));
  }

  /**
   * Such as "every step", "every 10 steps" or "every 1 to 20 steps"; empty before there are two.
   */
  public String cadence() {
    if (count < 2) {
      return "";
    }
    if (shortest == longest) {
      return shortest == 1 ? "every step" : String.format(Locale.ROOT, "every %,d steps", shortest);
    }
    return String.format(Locale.ROOT, "every %,d to %,d steps", shortest, longest);
  }
}
