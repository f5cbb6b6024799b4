package brink.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brink.trainer.checkpoint.Checkpoint;
import brink.trainer.checkpoint.CheckpointException;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Precision;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.kernels.cuda.Arithmetic;
import brink.trainer.kernels.cuda.CudaKernels;
import brink.trainer.kernels.cuda.Emulation;
import brink.trainer.kernels.cuda.SpilledDevice;
import brink.trainer.publish.PublishedSteps;
import brink.trainer.request.OptionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ResumptionTest extends Checkpoints {
  @Test
  void plan_resumedWithoutOptions_hasThoseOfTheCheckpoint() throws IOException {
    checkpoint(
        5,
        "--lr",
        "0.25",
        "--curvature",
        "midpoint",
        "--steps=70",
        "--tag",
        "a=b",
        "--tag=c=d",
        "--checkpoint-every",
        "20",
        "--checkpoint-dir",
        folder.resolve("elsewhere").toString());
    RunPlan plan = plan(with());
    assertThat(plan.isResumed()).isTrue();
    assertThat(plan.description().runId()).isEqualTo("first");
    assertThat(plan.description().names().tags())
        .containsExactly(Map.entry("a", "b"), Map.entry("c", "d"));
    assertThat(plan.descent().hyperparameters().learningRate()).isEqualTo(0.25);
    assertThat(plan.descent().steps()).isEqualTo(70);
    assertThat(plan.checkpointing().every()).isEqualTo(20);
    assertThat(plan.checkpointing().folder()).isEqualTo(folder.toAbsolutePath());
  }

  @Test
  void plan_resumedOnAGpu_spillsAsTheRunDidBefore() throws IOException {
    String[] run = {
      "--device=cuda", "--problem=mlp-bn", "--data=synthetic:teacher?n=20&d=4&classes=3&test=0"
    };
    for (String before : List.of("on", "off")) {
      try (Kernels gpu = CudaKernels.open(Emulation.libraries(), 0, Arithmetic.FLOAT64)) {
        RunPlan first = PLANNER.plan(prepared(concat(run, "--spill=" + before)), gpu);
        // as if auto had come out so
        write(5, first, run);

        PreparedRun resumed = prepared(with());
        RunPlan plan = PLANNER.plan(resumed, gpu);

        assertThat(plan.description().computation().device())
            .isEqualTo(first.description().computation().device());
        assertThat(resumed.checkpointing().arguments()).noneMatch(a -> a.startsWith("--spill"));
        assertThat(SpilledDevice.isNamed(plan.description().computation().device()))
            .isEqualTo(before.equals("on"));
      }
    }
  }

  private static String[] concat(String[] first, String last) {
    List<String> all = new ArrayList<>(List.of(first));
    all.add(last);
    return all.toArray(String[]::new);
  }

  @Test
  void plan_optionsWithoutEffectOnTheSteps_mayChange() throws IOException {
    checkpoint(5, "--steps=70");
    RunPlan plan = plan(with("--steps=90", "--evaluate-every=7"));
    assertThat(plan.descent().steps()).isEqualTo(90);
    assertThat(plan.descent().evaluateEvery()).isEqualTo(7);
  }

  @Test
  void plan_settingsThatDiffer_areNamed() throws IOException {
    checkpoint(5, "--steps=70");
    Map<String, String> changes =
        Map.of(
            "--learning-rate=0.3", "--learning-rate 0.5, now it is 0.3",
            "--seed=2", "--seed 1, now it is 2",
            "--momentum=0.5", "--momentum 0.0, now it is 0.5",
            "--weight-decay-schedule=warmup=9",
                "--weight-decay-schedule constant, now it is constant:warmup=9",
            "--curvature=none", "--curvature BOTH, now it is NONE",
            "--data=synthetic:regression?n=31&d=60&noise=2", "--data synthetic:regression?n=30");
    changes.forEach(
        (change, message) ->
            assertThatThrownBy(() -> plan(with(change)))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("--resume")
                .hasMessageNotContaining("\n"));
  }

  @Test
  void plan_cosineOverMoreSteps_isAnotherSchedule() throws IOException {
    checkpoint(5, "--steps=70", "--learning-rate-schedule=cosine:to=0.1");
    assertThatThrownBy(() -> plan(with("--steps=90")))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("over=70, now it is cosine:to=0.1,over=90");
  }

  @Test
  void plan_otherBitsInTheData_areNoticed() throws IOException {
    Path csv = folder.resolve("data.csv");
    Files.writeString(csv, "a,b,y\n1,2,3\n2,1,1\n3,5,2\n4,1,7\n5,5,1\n6,2,2\n");
    String data = "--data=csv:" + csv + "?task=regression";
    checkpoint(5, data);
    Files.writeString(csv, "a,b,y\n1,2,3\n2,1,1\n3,5,2\n4,1,7\n5,5,1\n6,2,3\n");
    assertThatThrownBy(() -> plan(with()))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("checksum of data and initial weights");
  }

  @Test
  void options_ofTheCheckpoint_sayTheDevice() throws IOException {
    checkpoint(5, "--problem=mlp-bn", "--hidden=6,5", "--precision", "FLOAT32", "--threads=1");
    PreparedRun resumed = prepared(with());
    assertThat(resumed.request().problem().name()).hasToString("mlp-bn");
    assertThat(resumed.checkpointing().arguments())
        .containsExactlyInAnyOrder(
            "--problem=mlp-bn", "--hidden=6,5", "--precision=float32", "--threads=1");
    try (Kernels device = resumed.request().device().open(note -> {})) {
      assertThat(device.precision()).isEqualTo(Precision.FLOAT32);
    }
  }

  @Test
  void plan_noStepsLeft_asksForMore() throws IOException {
    checkpoint(70, "--steps=70");
    assertThatThrownBy(() -> plan(with()))
        .isInstanceOf(OptionException.class)
        .hasMessage("run first has taken all its 70 steps; give more --steps to go on");
    assertThat(plan(with("--steps=80")).isResumed()).isTrue();
  }

  @Test
  void plan_otherRunId_isRefused() throws IOException {
    checkpoint(5);
    assertThatThrownBy(() -> plan(with("--run-id=second")))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("checkpoint of run first; leave --run-id out");
    assertThat(plan(with("--run-id=first")).description().runId()).isEqualTo("first");
  }

  @Test
  void plan_emptyFolder_saysWhatToGive() {
    assertThatThrownBy(() -> plan(with()))
        .isInstanceOf(OptionException.class)
        .hasMessage(
            "--resume %s holds no checkpoint; give the folder that was --checkpoint-dir"
                .formatted(folder));
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> plan("--resume=" + none))
        .isInstanceOf(OptionException.class)
        .hasMessageStartingWith("--resume " + none + ": no such file or folder; give ");
  }

  @Test
  void plan_newestDamaged_takesTheOlder() throws IOException {
    checkpoint(5);
    Files.writeString(folder.resolve("step-000000000009.checkpoint"), "BRINKCKP");
    List<String> notes = new ArrayList<>();
    PreparedRun resumed = prepared(notes::add, with());
    assertThat(resumed.checkpointing().candidates()).hasSize(1);
    assertThat(notes)
        .containsExactly(
            "checkpoint %s is damaged: it is cut short; going on from %s, step 5"
                .formatted(
                    folder.resolve("step-000000000009.checkpoint"),
                    folder.resolve("step-000000000005.checkpoint")));
  }

  @Test
  void plan_damagedFileOfAFolderWithAnother_namesTheOther() throws IOException {
    checkpoint(5);
    Path damaged = folder.resolve("step-000000000009.checkpoint");
    Files.writeString(damaged, "BRINKCKP");
    assertThatThrownBy(() -> plan("--resume=" + damaged))
        .isInstanceOf(CheckpointException.class)
        .hasMessage(
            "checkpoint %s is damaged: it is cut short; step 5 is in %s: --resume that"
                .formatted(damaged, folder.resolve("step-000000000005.checkpoint")));
  }

  @Test
  void plan_otherThreads_namesTheOption() throws IOException {
    checkpoint(5);
    try (Kernels two = new CpuKernels(2)) {
      assertThatThrownBy(() -> PLANNER.plan(prepared(with()), two))
          .isInstanceOf(OptionException.class)
          .hasMessageContaining(
              "with --device or --threads, that is, %s, now it is %s"
                  .formatted(kernels.device(), two.device()));
    }
  }

  @Test
  void plan_checkpointFolderThatCannotBeUsed_isRefusedBeforeTheProblemIsBuilt() throws IOException {
    Path file = Files.writeString(folder.resolve("a-file"), "");
    assertThatThrownBy(() -> prepared("--checkpoint-dir=" + file, "--data=csv:/no/such.csv"))
        .isInstanceOf(OptionException.class)
        .hasMessage(
            "--checkpoint-dir %s cannot be written to: %s exists and is not a folder; give another folder"
                .formatted(file, file));
    checkpoint(5);
    assertThatThrownBy(() -> prepared("--checkpoint-dir=" + folder))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("holds checkpoints of a run already");
  }

  @Test
  void plan_onlyDamaged_saysSo() throws IOException {
    Files.writeString(folder.resolve("step-000000000009.checkpoint"), "BRINKCKP");
    assertThatThrownBy(() -> plan(with()))
        .isInstanceOf(CheckpointException.class)
        .hasMessage(
            "checkpoint %s is damaged: it is cut short; no checkpoint in %s can be read: restore one from a copy, or start the run anew under another --run-id"
                .formatted(folder.resolve("step-000000000009.checkpoint"), folder));
  }

  @Test
  void plan_everyWithoutAFolder_isRefused() {
    assertThatThrownBy(() -> plan("--checkpoint-every=5"))
        .isInstanceOf(OptionException.class)
        .hasMessage("--checkpoint-every needs --checkpoint-dir");
    assertThatThrownBy(() -> plan("--checkpoint-every=0", "--checkpoint-dir=" + folder))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("positive");
  }

  @Test
  void choose_publishedLess_takesTheOlderOrSaysWhatIsLost() throws IOException {
    checkpoint(5);
    checkpoint(9);
    Checkpointing checkpointing = plan(with()).checkpointing();
    assertThat(choose(checkpointing, 20).nextStep()).isEqualTo(9);
    assertThat(choose(checkpointing, 8).nextStep()).isEqualTo(9);
    assertThat(choose(checkpointing, 6).nextStep()).isEqualTo(5);
    assertThatThrownBy(() -> choose(checkpointing, 3))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContainingAll(
            "run first", "goes on at step 5", "broker:1 holds its steps to 3 only", "lost");
  }

  private static Checkpoint choose(Checkpointing checkpointing, long last) {
    return checkpointing.choose(new PublishedSteps(OptionalLong.of(last), 0, 0), "broker:1");
  }

  @Test
  void schedule_wrong_namesTheOption() {
    assertThatThrownBy(() -> plan("--learning-rate-schedule=cosine"))
        .isInstanceOf(OptionException.class)
        .hasMessageStartingWith("--learning-rate-schedule: schedule 'cosine': to=VALUE is missing");
    assertThatThrownBy(() -> plan("--weight-decay-schedule=ramp:1"))
        .isInstanceOf(OptionException.class)
        .hasMessageStartingWith(
            "--weight-decay-schedule: schedule 'ramp:1': there is no schedule 'ramp', there are"
                + " constant, steps, linear, cosine and warmup; write ");
  }

  @Test
  void momentum_onTheSphere_isRefused() {
    assertThatThrownBy(() -> plan("--update=sphere", "--momentum=0.5"))
        .isInstanceOf(OptionException.class)
        .hasMessage("--update sphere takes no --momentum");
    assertThat(plan("--update=sphere").descent().hyperparameters().weightDecay()).isZero();
  }
}
