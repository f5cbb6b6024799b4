package brink.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brink.trainer.request.OptionException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ForkTest extends Checkpoints {
  @Test
  void plan_forkWithOtherSettings_isANewRunWithTheRestOfItsOptions() throws IOException {
    checkpoint(5, "--steps=70", "--momentum=0.5", "--group=g", "--checkpoint-dir=" + elsewhere());

    RunPlan plan =
        plan(
            with(
                "--fork",
                "--lr=0.1",
                "--wd=0.01",
                "--momentum=0",
                "--steps=90",
                "--curvature-every=3",
                "--direct-every=auto",
                "--curvature=both"));

    assertThat(plan.isFork()).isTrue();
    assertThat(plan.isResumed()).isFalse();
    assertThat(plan.description().runId()).isNotEqualTo("first").startsWith("bn-linear-");
    assertThat(plan.description().names().group()).isEqualTo("g");
    assertThat(plan.descent().hyperparameters().learningRate()).isEqualTo(0.1);
    assertThat(plan.descent().rule().momentumCoefficient()).isZero();
    assertThat(plan.descent().steps()).isEqualTo(90);
    assertThat(plan.checkpointing().folder()).isNull();
    assertThat(prepared(with("--fork", "--lr=0.1")).checkpointing().arguments())
        .contains("--learning-rate=0.1", "--momentum=0.5", "--steps=70");
  }

  private Path elsewhere() {
    return folder.resolve("elsewhere");
  }

  @Test
  void plan_forkOfWhatMustBeShared_isRefusedByItsName() throws IOException {
    checkpoint(5);
    assertThatThrownBy(() -> plan(with("--fork", "--seed=2")))
        .isInstanceOf(OptionException.class)
        .hasMessageContainingAll(" was written with --seed 1, now it is 2; a fork shares all but");
    assertThatThrownBy(() -> plan(with("--fork", "--update=sphere")))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("with --update Plain, now it is Sphere");
  }

  @Test
  void plan_forkThatCannotBe_saysWhatToGive() throws IOException {
    assertThatThrownBy(() -> plan("--fork"))
        .isInstanceOf(OptionException.class)
        .hasMessageStartingWith("--fork needs a run to fork off; give its checkpoint");
    checkpoint(70, "--steps=90");
    assertThatThrownBy(() -> plan(with("--fork", "--run-id=first")))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("give it another --run-id than first");
    assertThatThrownBy(() -> plan(with("--fork", "--steps=70")))
        .isInstanceOf(OptionException.class)
        .hasMessage("run first had taken 70 steps there already; give more --steps to go on");
    assertThatThrownBy(() -> plan(with("--fork", "--checkpoint-dir=" + folder)))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("holds checkpoints of a run already");
  }
}
