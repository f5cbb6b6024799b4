package brink.monitor.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Which known name is meant by one that is not known. */
public final class Spelling {
  private Spelling() {}

  /**
   * The names with the fewest letters to change, the nearest first; the group before the dot may be
   * missing.
   */
  public static List<String> nearest(String word, Collection<String> names, int most) {
    return names.stream()
        .sorted(Comparator.comparingInt(name -> distance(word, name)))
        .limit(most)
        .toList();
  }

  private static int distance(String word, String name) {
    String last = name.substring(name.indexOf('.') + 1);
    String lastOfWord = word.substring(word.indexOf('.') + 1);
    return Math.min(edits(word, name), 1 + edits(lastOfWord, last));
  }

  /** Levenshtein's distance: letters to insert, delete or replace, whatever their case. */
  private static int edits(String left, String right) {
    int[] above = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int[] row = new int[right.length() + 1];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        boolean same =
            Character.toLowerCase(left.charAt(i - 1)) == Character.toLowerCase(right.charAt(j - 1));
        row[j] = Math.min(above[j - 1] + (same ? 0 : 1), 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[right.length()];
  }
}
