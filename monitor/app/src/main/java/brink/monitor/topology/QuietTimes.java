package brink.monitor.topology;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * For how long nothing was heard of each key, in {@link Listening}'s time.
 *
 * <p>What is heard counts from the first confirmed look that began after it, so that no key is ever
 * quieter here than it was.
 */
final class QuietTimes {
  private final Set<String> heard = new HashSet<>();
  private final Set<String> heardBeforeLook = new HashSet<>();
  private final Map<String, Long> quietSince = new HashMap<>();

  /** Something came of the key. */
  void hear(String key) {
    if (heard.add(key)) {
      quietSince.remove(key);
      heardBeforeLook.remove(key);
    }
  }

  /** The key is of no interest any more. */
  void forget(String key) {
    heard.remove(key);
    heardBeforeLook.remove(key);
    quietSince.remove(key);
  }

  boolean knows(String key) {
    return heard.contains(key) || heardBeforeLook.contains(key) || quietSince.containsKey(key);
  }

  boolean isEmpty() {
    return heard.isEmpty() && heardBeforeLook.isEmpty() && quietSince.isEmpty();
  }

  /** A look begins. */
  void look() {
    heardBeforeLook.addAll(heard);
    heard.clear();
  }

  /** The look is confirmed, at this listening time in milliseconds. */
  void confirm(long listened) {
    heardBeforeLook.forEach(key -> quietSince.put(key, listened));
    heardBeforeLook.clear();
  }

  /** Keys that have been quiet for so many milliseconds, sorted. */
  List<String> quietFor(long milliseconds, long listened) {
    List<String> quiet = new ArrayList<>();
    quietSince.forEach(
        (key, since) -> {
          if (listened - since >= milliseconds) {
            quiet.add(key);
          }
        });
    quiet.sort(null);
    return quiet;
  }
}
