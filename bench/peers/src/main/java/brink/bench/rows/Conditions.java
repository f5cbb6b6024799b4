package brink.bench.rows;

/**
 * Under which a row is measured.
 *
 * @param threads of the engine and of its peer alike
 * @param quick whether small problems and few repetitions will do, to see that everything works
 */
public record Conditions(int threads, boolean quick) {
  /** One of two numbers. */
  int choose(int thorough, int inHaste) {
    return quick ? inHaste : thorough;
  }
}
