package brink.trainer.request;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An option of a run, declared once: the command line, the lists of what a problem has and of what
 * the steps depend on, and the arguments that a checkpoint keeps are made of it.
 *
 * @param text what people read of it
 * @param form how its values are written
 * @param access to its values in a request
 * @param effect on the steps of the run
 * @param scope which problems have it
 */
public record RunOption<T>(
    OptionText text, ValueForm<T> form, Access<T> access, StepEffect effect, Scope scope) {
  /** Which problems have an option. */
  public enum Scope {
    /** Every problem. */
    ALL,
    /** Those that say so; others refuse it, since it would change nothing. */
    SOME
  }

  /**
   * Where a request has the values of an option.
   *
   * @param values none where the option is left open
   * @param setter sets the values; one, unless it is repeatable
   * @param repeatable whether there may be several
   */
  public record Access<T>(
      Function<RunRequest, Stream<T>> values,
      BiConsumer<RunRequestBuilder, List<T>> setter,
      boolean repeatable) {}

  /** An option with one value at most, which every problem has. */
  static <T> RunOption<T> of(
      OptionText text,
      ValueForm<T> form,
      Function<RunRequest, @Nullable T> value,
      BiConsumer<RunRequestBuilder, T> setter,
      StepEffect effect) {
    return new RunOption<>(
        text,
        form,
        new Access<>(
            request -> Stream.ofNullable(value.apply(request)),
            (builder, values) -> setter.accept(builder, values.getLast()),
            false),
        effect,
        Scope.ALL);
  }

  /** The same option for some problems only. */
  RunOption<T> ofSomeProblems() {
    return new RunOption<>(text, form, access, effect, Scope.SOME);
  }

  /** Its first name, with the dashes. */
  public String name() {
    return text.names().getFirst();
  }

  /** Whether a request leaves it to the problem. */
  public boolean isOpen(RunRequest request) {
    return access.values().apply(request).findAny().isEmpty();
  }

  /**
   * Sets it as it is written, in the place of what it was.
   *
   * @param written one value, or several of an option that may be given several times
   * @throws OptionException if there is no such value
   */
  public void set(RunRequestBuilder builder, List<String> written) {
    access.setter().accept(builder, written.stream().map(this::read).toList());
  }

  private T read(String written) {
    try {
      return form.reader().apply(written);
    } catch (IllegalArgumentException e) {
      throw new OptionException(name() + ": " + e.getMessage(), e);
    }
  }

  /** Its values as they are written; empty where it is left open. */
  public List<String> written(RunRequest request) {
    return access.values().apply(request).map(form.writer()).toList();
  }

  /** Copies its values from a request. */
  void copy(RunRequest from, RunRequestBuilder to) {
    List<T> values = access.values().apply(from).toList();
    if (!values.isEmpty()) {
      access.setter().accept(to, values);
    }
  }
}
