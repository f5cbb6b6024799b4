package brink.cli;

/** A command that can tell that its options make no sense before any Kafka is there. */
public interface CheckedFirst {
  /**
   * Looks at the options alone.
   *
   * @throws IllegalArgumentException if they make no sense; the message says what would
   */
  void check();
}
