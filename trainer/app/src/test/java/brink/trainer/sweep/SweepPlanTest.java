package brink.trainer.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brink.trainer.request.OptionException;
import brink.trainer.request.RunOption;
import brink.trainer.request.RunOptions;
import brink.trainer.request.RunRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class SweepPlanTest {
  /** {@code name=value[;value]} each, as they are given. */
  private static Arm arm(String name, String... settings) {
    SequencedMap<RunOption<?>, List<String>> values = new LinkedHashMap<>();
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      values.put(RunOptions.named(parts[0]).orElseThrow(), List.of(parts[1].split(";")));
    }
    return new Arm(name, values);
  }

  private static SweepPlan plan(String... settings) {
    return SweepPlan.of(List.of(arm("", settings)));
  }

  @Test
  void of_listsOfSeveralOptions_isTheirProductWithTheFirstSlowest() {
    SweepPlan plan = plan("--lr=0.1;0.2", "--steps=50", "--seed=1;2;3");

    assertThat(plan.runs())
        .extracting(SweptRun::label)
        .containsExactly(
            "lr=0.1 seed=1",
            "lr=0.1 seed=2",
            "lr=0.1 seed=3",
            "lr=0.2 seed=1",
            "lr=0.2 seed=2",
            "lr=0.2 seed=3");
    RunRequest last = plan.runs().getLast().request();
    assertThat(last.descent().hyperparameters().learningRate()).isEqualTo(0.2);
    assertThat(last.descent().steps()).isEqualTo(50);
    assertThat(last.problem().seed()).isEqualTo(3);
    assertThat(last.publishing().name()).isEqualTo("lr=0.2 seed=3");
  }

  @Test
  void of_severalArms_namesAndTagsTheirRuns() {
    SweepPlan plan =
        SweepPlan.of(
            List.of(
                arm("plain", "--lr=0.1;0.2", "--group=g"),
                arm("heavy", "--momentum=0.9", "--group=g", "--tag=a=b;c=d")));

    assertThat(plan.group()).isEqualTo("g");
    assertThat(plan.runs())
        .extracting(SweptRun::label)
        .containsExactly("plain lr=0.1", "plain lr=0.2", "heavy");
    RunRequest heavy = plan.runs().getLast().request();
    assertThat(heavy.publishing().group()).isEqualTo("g");
    assertThat(heavy.publishing().tags())
        .containsEntry("a", "b")
        .containsEntry("c", "d")
        .containsEntry("arm", "heavy")
        .containsEntry("sweep", plan.runs().getLast().digest());
  }

  @Test
  void of_theSameSettings_hasTheSameMadeUpGroup() {
    String group = plan("--lr=0.1;0.2").group();
    assertThat(group).startsWith("bn-linear-sweep-");
    assertThat(plan("--lr=0.10;2e-1").group()).isEqualTo(group);
    assertThat(plan("--lr=0.1;0.2", "--name=x", "--threads=2", "--tag=a=b").group())
        .isEqualTo(group);
    assertThat(plan("--lr=0.1;0.2", "--steps=10").group()).isNotEqualTo(group);
    assertThat(plan("--lr=0.1;0.3").group()).isNotEqualTo(group);
  }

  @Test
  void of_aLongerList_knowsTheRunsOfTheShorterOne() {
    List<String> shorter = plan("--lr=0.1;0.2").runs().stream().map(SweptRun::digest).toList();
    List<String> longer =
        plan("--lr=0.05;0.1;0.2;0.3").runs().stream().map(SweptRun::digest).toList();
    assertThat(longer).containsAll(shorter).doesNotHaveDuplicates();
  }

  @Test
  void of_whatDoesNotDependOnTheLabel_isTold() {
    Map<String, String> tags = plan("--lr=0.1").runs().getFirst().request().publishing().tags();
    assertThat(tags).containsKey("sweep").doesNotContainKey("arm");
    assertThat(plan("--lr=0.1").runs().getFirst().label()).isEmpty();
  }

  @Test
  void of_tooManyRuns_isRefusedBeforeTheyAreMade() {
    String thousand = String.join(";", SweptValues.of(option("--seed"), "1..1000"));
    assertThatThrownBy(() -> plan("--seed=" + thousand, "--steps=" + thousand))
        .isInstanceOf(OptionException.class)
        .hasMessage("the sweep has 1,000,000 runs, which are more than 10,000; shorten a list");
  }

  private static RunOption<?> option(String name) {
    return RunOptions.named(name).orElseThrow();
  }
}
