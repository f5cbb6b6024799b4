package brink.trainer.state;

import brink.trainer.kernels.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Everything that the next step of a run depends on, as named numbers and vectors. Vectors are read
 * when they are asked for: those of a running descent are valid until its next step.
 */
public final class SavedState {
  private final Map<String, Long> numbers = new TreeMap<>();
  private final Map<String, Vector> vectors = new TreeMap<>();

  /**
   * A vector somewhere.
   *
   * @param length number of entries
   * @param values copies them out
   */
  public record Vector(int length, Supplier<double[]> values) {}

  /** Keeps a number. */
  public void put(String name, long number) {
    numbers.put(name, number);
  }

  /** Keeps a vector. */
  public void put(String name, Vector vector) {
    vectors.put(name, vector);
  }

  /** Keeps a tensor's entries, row-major; it is read later. */
  public void put(String name, Tensor tensor) {
    put(name, new Vector(Math.toIntExact(tensor.length()), tensor::get));
  }

  /** All numbers. */
  public Map<String, Long> numbers() {
    return Collections.unmodifiableMap(numbers);
  }

  /** All vectors. */
  public Map<String, Vector> vectors() {
    return Collections.unmodifiableMap(vectors);
  }

  /** Whether there is such a vector. */
  public boolean hasVector(String name) {
    return vectors.containsKey(name);
  }

  /**
   * A vector.
   *
   * @throws IllegalStateException if there is none of that name
   */
  public Vector vector(String name) {
    Vector vector = vectors.get(name);
    if (vector == null) {
      throw new IllegalStateException("the saved state lacks the vector " + name);
    }
    return vector;
  }

  /**
   * A number.
   *
   * @throws IllegalStateException if there is none of that name
   */
  public long number(String name) {
    Long number = numbers.get(name);
    if (number == null) {
      throw new IllegalStateException("the saved state lacks the number " + name);
    }
    return number;
  }

  /** Number of entries of all vectors together. */
  public long entries() {
    return vectors.values().stream().mapToLong(Vector::length).sum();
  }

  /** A copy in this machine's memory that outlives the next step: eight bytes an entry. */
  public SavedState copied() {
    SavedState copy = new SavedState();
    copy.numbers.putAll(numbers);
    vectors.forEach(
        (name, vector) -> {
          double[] values = vector.values().get();
          copy.put(name, new Vector(vector.length(), values::clone));
        });
    return copy;
  }

  /**
   * Copies a vector into a tensor.
   *
   * @throws IllegalStateException if there is none of that name and length, or the tensor's
   *     precision cannot hold it
   */
  public void restore(String name, Tensor into) {
    Vector vector = vector(name);
    if (vector.length() != into.length()) {
      throw new IllegalStateException(
          "the saved vector %s has %d entries, not %d"
              .formatted(name, vector.length(), into.length()));
    }
    double[] values = vector.values().get();
    into.set(values);
    if (!Arrays.equals(values, into.get())) {
      throw new IllegalStateException("the saved vector " + name + " is of a higher precision");
    }
  }
}
