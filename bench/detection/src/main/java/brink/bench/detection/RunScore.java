package brink.bench.detection;

import brink.bench.detection.Label.Episode;
import brink.v1.RegimeChanged;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The verdicts on one run in one view, against its label.
 *
 * @param negativeSteps steps that are not at the edge
 * @param onsets first episodes: 0 or 1
 * @param delay steps from the first labelled onset to its detection; null if it was not found
 * @param covered whether the onset's interval holds the labelled one; null if not found
 * @param falseAlarms entries where there is no episode
 * @param again entries into an episode that was entered before
 * @param later later episodes
 * @param laterFound of them, found
 * @param catapults labelled ones
 * @param catapultsFound of them, found within three steps
 * @param falseCatapults found where there is none
 */
record RunScore(
    CorpusRun run,
    View view,
    long negativeSteps,
    int onsets,
    @Nullable Long delay,
    @Nullable Boolean covered,
    int falseAlarms,
    int again,
    int later,
    int laterFound,
    int catapults,
    int catapultsFound,
    int falseCatapults) {
  /** A verdict this much before the labelled onset is still one on that onset. */
  private static final int EARLY = 100;

  /** Steps within which a catapult has to be found. */
  private static final int PROMPT = 3;

  /** What rises more than this within the label's reach is no false catapult. */
  private static final double CLEAR = Math.log(1.3);

  /** After a throw the label's next steps are not looked at: the orbit is anywhere. */
  private static final int AFTERMATH = 50;

  static RunScore of(CorpusRun run, View view, Trace trace, Label label, Verdicts verdicts) {
    List<Episode> episodes = label.episodes();
    int[] entriesOf = new int[episodes.size()];
    int falseAlarms = 0;
    int again = 0;
    Long delay = null;
    Boolean covered = null;
    for (RegimeChanged entry : verdicts.entries()) {
      long at = entry.getDetectedAtStep() - trace.first();
      int episode = episodeAt(episodes, at);
      if (episode < 0) {
        falseAlarms += isAftermath(label, at) ? 0 : 1;
        continue;
      }
      if (entriesOf[episode]++ > 0) {
        again++;
      } else if (episode == 0) {
        int onset = episodes.getFirst().onset();
        delay = at - onset;
        covered =
            entry.getOnsetLow() - trace.first() <= onset
                && onset <= entry.getOnsetHigh() - trace.first();
      }
    }
    int laterFound = 0;
    for (int i = 1; i < entriesOf.length; i++) {
      laterFound += entriesOf[i] > 0 ? 1 : 0;
    }
    int catapultsFound = 0;
    List<Long> throwsSeen = new ArrayList<>();
    verdicts.catapults().forEach(c -> throwsSeen.add(c.getDetectedAtStep() - trace.first()));
    for (int thrown : label.catapults()) {
      catapultsFound += throwsSeen.stream().anyMatch(t -> Math.abs(t - thrown) <= PROMPT) ? 1 : 0;
    }
    int falseCatapults =
        (int) throwsSeen.stream().filter(t -> trace.rise(t.intValue()) < CLEAR).count();
    return new RunScore(
        run,
        view,
        trace.length() - label.stepsAtTheEdge(),
        Math.min(1, episodes.size()),
        delay,
        covered,
        falseAlarms,
        again,
        Math.max(0, episodes.size() - 1),
        laterFound,
        label.catapults().size(),
        catapultsFound,
        falseCatapults);
  }

  private static int episodeAt(List<Episode> episodes, long step) {
    for (int i = 0; i < episodes.size(); i++) {
      if (episodes.get(i).holds(step, EARLY)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isAftermath(Label label, long step) {
    return label.catapults().stream().anyMatch(c -> step >= c && step <= c + AFTERMATH);
  }
}
