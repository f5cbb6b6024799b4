package brink.trainer.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brink.trainer.request.OptionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudyFileTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("study.yaml"), text);
  }

  private List<String> labels(String text) throws IOException {
    return SweepPlan.of(StudyFile.read(file(text))).runs().stream().map(SweptRun::label).toList();
  }

  @Test
  void read_armsSettingsAndSeeds_areCrossed() throws IOException {
    String text =
        """
        group: heavy-ball
        settings:
          steps: 40
          lr: [0.25, lin:0.5..1:2]
        arms:
          plain: {}
          momentum: {momentum: 0.9, lr: 0.05}
        seeds: 1..2
        """;
    assertThat(labels(text))
        .containsExactly(
            "plain lr=0.25 seed=1",
            "plain lr=0.25 seed=2",
            "plain lr=0.5 seed=1",
            "plain lr=0.5 seed=2",
            "plain lr=1 seed=1",
            "plain lr=1 seed=2",
            "momentum seed=1",
            "momentum seed=2");
    SweepPlan plan = SweepPlan.of(StudyFile.read(file(text)));
    assertThat(plan.group()).isEqualTo("heavy-ball");
    SweptRun last = plan.runs().getLast();
    assertThat(last.request().descent().momentum()).isEqualTo(0.9);
    assertThat(last.request().descent().hyperparameters().learningRate()).isEqualTo(0.05);
    assertThat(last.request().descent().steps()).isEqualTo(40);
  }

  @Test
  void read_listsOfWords_areSweptToo() throws IOException {
    assertThat(
            labels(
                """
                settings:
                  problem: mlp-bn
                  activation: [tanh, relu]
                  hidden: ["16,16", "8"]
                  tag: [a=b, c=d]
                """))
        .containsExactly(
            "activation=tanh hidden=16,16",
            "activation=tanh hidden=8",
            "activation=relu hidden=16,16",
            "activation=relu hidden=8");
  }

  @Test
  void read_withoutArms_isOneWithoutAName() throws IOException {
    assertThat(labels("settings: {lr: '0.1,0.2'}")).containsExactly("lr=0.1", "lr=0.2");
    assertThat(labels("seeds: 3")).containsExactly("");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "steps: 5|:1: unknown key 'steps', expected arms, group, seeds or settings; options such as"
            + " steps stand below settings",
        "settings: [lr]|:1: expected settings with keys and values, found a list",
        "settings: {run-id: a}|:1: 'run-id' is no setting of a study",
        "settings: {lrr: 1}|:1: 'lrr' is no setting of a study; settings are the options of a run"
            + " without their dashes",
        "settings: {lr: }|:1: lr: expected one value, found nothing",
        "settings: {lr: []}|:1: lr: expected a value, found an empty list",
        "settings: {lr: fast}|:1: lr: expected a number, found 'fast'",
        "settings: {activation: [tanh, thin]}|:1: activation: expected one of",
        "arms: {}|:1: expected arms, found none",
        "'seeds: ['|no YAML",
        "'settings: {lr: 1, lr: 2}'|lr"
      })
  void read_nonsense_tellsLineExpectedAndFound(String text, String message) throws IOException {
    Path file = file(text.replaceAll("^'|'$", ""));
    assertThatThrownBy(() -> StudyFile.read(file))
        .isInstanceOf(OptionException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
  }

  @Test
  void read_noFileOrNothingInIt_saysSo() throws IOException {
    Path none = folder.resolve("none.yaml");
    assertThatThrownBy(() -> StudyFile.read(none))
        .isInstanceOf(OptionException.class)
        .hasMessage("--study %s: no such file or folder".formatted(none));
    Path empty = file("");
    assertThatThrownBy(() -> StudyFile.read(empty))
        .hasMessage(empty + ": expected a study, found nothing");
  }
}
