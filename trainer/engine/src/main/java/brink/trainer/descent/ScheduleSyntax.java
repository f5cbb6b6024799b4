package brink.trainer.descent;

import brink.trainer.descent.Schedule.Curve;
import brink.trainer.descent.Schedule.Ramp;
import brink.trainer.descent.Schedule.Steps;
import brink.trainer.descent.Schedule.Steps.Jump;
import brink.trainer.descent.Schedule.WarmUp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Schedules as text:
 *
 * <pre>
 * constant
 * steps:1000=0.1,2000=x0.5      0.1 from step 1 000 on, half of that from step 2 000 on
 * linear:to=0.01                from the initial value to 0.01 over the whole run
 * cosine:to=0.01,over=5000      likewise along half a cosine, at 0.01 from step 5 000 on
 * cosine:to=0.01,warmup=100     after 100 steps of linear growth; goes with every kind
 * warmup=100                    and alone
 * </pre>
 */
final class ScheduleSyntax {
  private static final String HELP =
      "; write constant, steps:1000=0.1,2000=x0.5, linear:to=0.01 or cosine:to=0.01,over=5000,"
          + " each with ,warmup=100 if wanted";
  private static final String WARM_UP = "warmup";
  private static final List<String> KINDS = List.of("constant", "steps", "linear", "cosine");

  private final String text;
  private final long runSteps;
  private final Map<String, String> parameters = new LinkedHashMap<>();

  private ScheduleSyntax(String text, long runSteps) {
    this.text = text;
    this.runSteps = runSteps;
  }

  static Schedule parse(String text, long steps) {
    return new ScheduleSyntax(text.replaceFirst("^constant,", ""), steps).parse();
  }

  private Schedule parse() {
    int colon = text.indexOf(':');
    boolean bare = colon < 0 && text.startsWith(WARM_UP + "=");
    String kind = bare ? "constant" : colon < 0 ? text : text.substring(0, colon);
    if (!KINDS.contains(kind)) {
      throw wrong(
          "there is no schedule '%s', there are %s"
              .formatted(kind, String.join(", ", KINDS) + " and " + WARM_UP));
    }
    readParameters(bare ? text : colon < 0 ? "" : text.substring(colon + 1));
    long warmUp = parameters.containsKey(WARM_UP) ? count(WARM_UP) : 0;
    Schedule schedule =
        switch (kind) {
          case "constant" -> constant();
          case "steps" -> steps();
          case "linear" -> ramp(Curve.LINEAR, warmUp);
          case "cosine" -> ramp(Curve.COSINE, warmUp);
          default -> throw new IllegalStateException(kind);
        };
    return warmUp == 0 ? schedule : new WarmUp(warmUp, schedule);
  }

  private void readParameters(String list) {
    if (list.isEmpty()) {
      return;
    }
    for (String parameter : list.split(",", -1)) {
      int equals = parameter.indexOf('=');
      if (equals < 1) {
        throw wrong("'" + parameter + "' is not NAME=VALUE");
      }
      String name = parameter.substring(0, equals);
      if (parameters.put(name, parameter.substring(equals + 1)) != null) {
        throw wrong(name + " is there twice");
      }
    }
  }

  private Schedule constant() {
    allowOnly(Set.of(WARM_UP));
    return Schedule.CONSTANT;
  }

  private Schedule steps() {
    List<Jump> jumps = new ArrayList<>();
    for (String name : parameters.keySet()) {
      if (!name.equals(WARM_UP)) {
        jumps.add(jump(name, jumps.isEmpty() ? 0 : jumps.getLast().step()));
      }
    }
    if (jumps.isEmpty()) {
      throw wrong("steps needs at least one STEP=VALUE");
    }
    return new Steps(jumps);
  }

  private Jump jump(String name, long after) {
    long step = count(name, name);
    if (step <= after) {
      throw wrong("step " + step + " does not come after step " + after);
    }
    String value = value(name);
    boolean isFactor = value.startsWith("x");
    return new Jump(step, number(name, isFactor ? value.substring(1) : value), isFactor);
  }

  private Schedule ramp(Curve curve, long warmUp) {
    allowOnly(Set.of("to", "over", WARM_UP));
    String to = value("to");
    long over = parameters.containsKey("over") ? count("over") : runSteps;
    if (over <= warmUp) {
      throw wrong("it ends at step %d, within the warm-up of %d".formatted(over, warmUp));
    }
    return new Ramp(curve, number("to", to), warmUp, over);
  }

  private void allowOnly(Set<String> names) {
    for (String name : parameters.keySet()) {
      if (!names.contains(name)) {
        throw wrong("it takes no " + name);
      }
    }
  }

  private String value(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw wrong(name + "=VALUE is missing");
    }
    return value;
  }

  private long count(String name) {
    return count(name, value(name));
  }

  private long count(String name, String value) {
    try {
      long count = Long.parseLong(value);
      if (count > 0) {
        return count;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw wrong("%s needs a number of steps, not '%s'".formatted(name, value));
  }

  private double number(String name, String value) {
    try {
      double number = Double.parseDouble(value);
      if (number >= 0 && Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw wrong("%s needs a number that is not negative, not '%s'".formatted(name, value));
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("schedule '" + text + "': " + what + HELP);
  }
}
