package brink.trainer.data;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What the labels of EMNIST mean (Cohen and others, arXiv 1702.05373): a set is known by how many
 * classes it has.
 */
final class Emnist {
  private static final String DIGITS = "0123456789";
  private static final String CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  /** byclass: 62. */
  private static final String ALL = DIGITS + CAPITALS + "abcdefghijklmnopqrstuvwxyz";

  /** balanced and bymerge: small letters that look like their capitals are merged with them. */
  private static final String MERGED = DIGITS + CAPITALS + "abdefghnqrt";

  private Emnist() {}

  static List<String> names(IdxPart.Classes classes) {
    return switch (classes.count()) {
      case 26 -> letters(CAPITALS);
      case 47 -> letters(MERGED);
      case 62 -> letters(ALL);
      default -> numbers(classes);
    };
  }

  private static List<String> letters(String all) {
    return all.chars().mapToObj(Character::toString).toList();
  }

  /** The labels themselves. */
  static List<String> numbers(IdxPart.Classes classes) {
    return IntStream.range(0, classes.count())
        .mapToObj(label -> "" + (label + classes.first()))
        .toList();
  }
}
