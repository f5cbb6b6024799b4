package brink.bench.detection;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToLongFunction;

/** The scores of many runs together. */
record ViewScore(List<RunScore> scores) {
  static final String[] HEADINGS = {
    "edges found",
    "delay, median",
    "95th percentile",
    "interval covers",
    "later episodes",
    "entered again",
    "false alarms",
    "steps below the edge",
    "catapults",
    "false ones"
  };

  /** The cells under {@link #HEADINGS}. */
  List<String> cells() {
    long found = count(score -> score.delay() == null ? 0 : 1);
    return List.of(
        of(found, count(RunScore::onsets)),
        steps(0.5),
        steps(0.95),
        of(count(score -> Boolean.TRUE.equals(score.covered()) ? 1 : 0), found),
        of(count(RunScore::laterFound), count(RunScore::later)),
        "" + count(RunScore::again),
        "" + count(RunScore::falseAlarms),
        String.format(Locale.ROOT, "%,d", count(RunScore::negativeSteps)),
        of(count(RunScore::catapultsFound), count(RunScore::catapults)),
        "" + count(RunScore::falseCatapults));
  }

  private long count(ToLongFunction<RunScore> of) {
    return scores.stream().mapToLong(of).sum();
  }

  private static String of(long some, long all) {
    return all == 0 ? "" : some + " of " + all;
  }

  private String steps(double quantile) {
    long[] delays =
        scores.stream()
            .map(RunScore::delay)
            .filter(Objects::nonNull)
            .mapToLong(Long::longValue)
            .sorted()
            .toArray();
    return delays.length == 0 ? "" : "" + delays[(int) Math.ceil(quantile * delays.length) - 1];
  }

  /** A row that begins with these words. */
  String[] row(String... words) {
    String[] row = Arrays.copyOf(words, words.length + HEADINGS.length);
    List<String> cells = cells();
    for (int i = 0; i < HEADINGS.length; i++) {
      row[words.length + i] = cells.get(i);
    }
    return row;
  }

  /** The headings after these words. */
  static String[] headings(String... words) {
    String[] row = Arrays.copyOf(words, words.length + HEADINGS.length);
    System.arraycopy(HEADINGS, 0, row, words.length, HEADINGS.length);
    return row;
  }
}
