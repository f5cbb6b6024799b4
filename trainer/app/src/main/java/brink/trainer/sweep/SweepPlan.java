package brink.trainer.sweep;

import brink.trainer.request.OptionException;
import brink.trainer.request.PublishingChoice;
import brink.trainer.request.RunRequest;
import brink.trainer.request.RunRequestBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * All runs of a sweep.
 *
 * @param group name that they share in Kafka
 * @param runs in the order in which they are started
 */
public record SweepPlan(String group, List<SweptRun> runs) {
  /** Tag of a run that holds its {@link SweptRun#digest}: by it a sweep knows its runs again. */
  public static final String DIGEST_TAG = "sweep";

  /** Tag of a run that names its arm. */
  public static final String ARM_TAG = "arm";

  /** More are a mistake. */
  private static final int MOST_RUNS = 10_000;

  private static final int DIGITS = 8;

  public SweepPlan {
    runs = List.copyOf(runs);
  }

  /**
   * The runs of some arms. Without {@code --group} their group is made up from what they do, so
   * that the same sweep has the same one.
   *
   * @throws OptionException if they are too many, or an option has no such value
   */
  public static SweepPlan of(List<Arm> arms) {
    double size = arms.stream().mapToDouble(Arm::size).sum();
    if (size > MOST_RUNS) {
      throw new OptionException(
          "the sweep has %,.0f runs, which are more than %,d; shorten a list"
              .formatted(size, MOST_RUNS));
    }
    List<SweptRun> unnamed = new ArrayList<>();
    for (Arm arm : arms) {
      for (List<Setting> varying : arm.combinations()) {
        unnamed.add(new SweptRun(arm.name(), varying, arm.request(varying).build()));
      }
    }
    String group = group(unnamed);
    return new SweepPlan(group, unnamed.stream().map(run -> named(run, group)).toList());
  }

  private static String group(List<SweptRun> runs) {
    RunRequest first = runs.getFirst().request();
    String given = first.publishing().group();
    if (!given.isEmpty()) {
      return given;
    }
    String digest = SweptRun.digest(runs.stream().map(SweptRun::digest).toList());
    return first.problem().name().text() + "-sweep-" + digest.substring(0, DIGITS);
  }

  private static SweptRun named(SweptRun run, String group) {
    PublishingChoice publishing = run.request().publishing();
    Map<String, String> tags = new LinkedHashMap<>(publishing.tags());
    tags.put(DIGEST_TAG, run.digest());
    if (!run.arm().isEmpty()) {
      tags.put(ARM_TAG, run.arm());
    }
    String name = (Objects.requireNonNullElse(publishing.name(), "") + " " + run.label()).strip();
    RunRequestBuilder request = run.request().toBuilder().group(group).tags(tags);
    return new SweptRun(
        run.arm(), run.varying(), request.name(name.isEmpty() ? null : name).build());
  }
}
