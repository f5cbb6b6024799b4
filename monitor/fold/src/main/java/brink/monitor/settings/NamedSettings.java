package brink.monitor.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A record of settings whose components are read and set by name, as text.
 *
 * <p>The record stays the only list of its settings: it is asked by reflection, so that a setting
 * that comes or goes is known here at once. Components are int, double, {@code List<Double>}, or a
 * record of further settings, whose names stand beside the others; which values are allowed is for
 * the record's constructor to say.
 *
 * @param group stands before every name, with a dot
 * @param type of the record, which is public
 * @param values the settings
 */
public record NamedSettings<R extends Record>(String group, Class<R> type, R values) {
  /** All settings as text, by full name, in the record's order. */
  public SequencedMap<String, String> texts() {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Object value = value(component);
      if (value instanceof Record part) {
        texts.putAll(named(part).texts());
      } else {
        texts.put(fullName(component), SettingText.of(value));
      }
    }
    return texts;
  }

  /**
   * The settings with other values in the place of some.
   *
   * @param changes texts by full name; names of other groups are passed over
   * @throws IllegalArgumentException if a text is of the wrong type, or the record refuses the
   *     value; the message says what is allowed
   */
  public R with(Map<String, String> changes) {
    return create(
        Arrays.stream(type.getRecordComponents())
            .map(component -> changed(component, changes))
            .toArray());
  }

  /**
   * What each setting is and why, in one line, by full name: its {@code @param} in the record's
   * Javadoc.
   *
   * @throws IllegalStateException if the record's source is not beside its class
   */
  public SequencedMap<String, String> reasons() {
    Map<String, String> params = SettingReasons.of(type);
    SequencedMap<String, String> reasons = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      if (value(component) instanceof Record part) {
        reasons.putAll(named(part).reasons());
      } else {
        reasons.put(fullName(component), params.getOrDefault(component.getName(), ""));
      }
    }
    return reasons;
  }

  @SuppressWarnings("unchecked") // the class of a record is of its own type
  private <P extends Record> NamedSettings<P> named(P part) {
    return new NamedSettings<>(group, (Class<P>) part.getClass(), part);
  }

  private Object changed(RecordComponent component, Map<String, String> changes) {
    Object value = value(component);
    if (value instanceof Record part) {
      return named(part).with(changes);
    }
    @Nullable String text = changes.get(fullName(component));
    return text == null ? value : SettingText.parse(component, fullName(component), text);
  }

  private Object value(RecordComponent component) {
    try {
      return component.getAccessor().invoke(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(fullName(component) + " cannot be read", e);
    }
  }

  private R create(Object[] arguments) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refusal) {
        throw new IllegalArgumentException(group + "." + refusal.getMessage(), refusal);
      }
      throw new IllegalStateException(type + " cannot be made", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }

  private String fullName(RecordComponent component) {
    return group + "." + component.getName();
  }
}
