package brink.trainer.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.DirectCadence;
import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.cuda.Arithmetic;
import brink.v1.GradientEncoding;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunOptionsTest {
  /** A request that leaves nothing as it is by default. */
  private static RunRequestBuilder everything() {
    return RunRequest.builder()
        .problem(ProblemName.network("nets/a=b.yaml"))
        .data("csv:a=b.csv?task=regression")
        .trainSize(100)
        .testSize(10)
        .steps(70L)
        .learningRate(0.1)
        .weightDecay(1e-3)
        .seed(-7)
        .device(new DeviceName.Cuda(1))
        .precision(Arithmetic.TF32)
        .spill(Spilling.ON)
        .threads(3)
        .rank(2)
        .dl4jTrain(TrainedParameters.ALL)
        .hidden(List.of(6, 5))
        .width(0.5)
        .activation(Activation.GELU)
        .normalization(NormalizationName.GROUP)
        .groups(2)
        .epsilon(1e-5)
        .loss(Loss.MEAN_SQUARED_ERROR)
        .labelSmoothing(0.25)
        .curvature(CurvaturePoints.NONE)
        .curvatureEvery(2)
        .directEvery(DirectCadence.AUTO)
        .evaluateEvery(7)
        .gradientsEvery(5)
        .gradientEncoding(GradientEncoding.GRADIENT_ENCODING_BF16)
        .name("my = run")
        .group("study")
        .tags(Map.of("a", "b=c"))
        .learningRateSchedule("steps:1000=0.1,2000=x0.5")
        .weightDecaySchedule("constant,warmup=5")
        .momentum(0.5)
        .update(UpdateKind.SPHERE)
        .layersEvery(0)
        .planeEvery(20)
        .predictFlow(10)
        .predictFlowRestart(0.5)
        .checkpointEvery(50);
  }

  @Test
  void arguments_ofARequestWithEverything_readAsTheSameRequest() {
    RunRequest request = everything().build();
    List<String> arguments = RunOptions.arguments(request);
    RunRequestBuilder read = RunRequest.builder();
    RunOptions.read(arguments, read);
    assertThat(read.build()).isEqualTo(request);
    // all but the run's id and its folder, or an option would be missing from this test
    assertThat(arguments).hasSize(RunOptions.ALL.size() - 2);
  }

  @Test
  void arguments_ofDefaults_areNone() {
    assertThat(RunOptions.arguments(RunRequest.builder().build())).isEmpty();
  }

  @Test
  void arguments_ofWhichRunItIs_areLeftOut() {
    RunRequest request =
        RunRequest.builder().runId("mine").checkpointFolder(Path.of("kept")).steps(5L).build();
    assertThat(RunOptions.arguments(request)).containsExactly("--steps=5");
  }

  @Test
  void toBuilder_ofEverything_makesTheSameRequest() {
    RunRequest request = everything().runId("mine").checkpointFolder(Path.of("kept")).build();
    assertThat(request.toBuilder().build()).isEqualTo(request);
    assertThat(request.toBuilder().tags(Map.of()).build().publishing().tags()).isEmpty();
  }

  @Test
  void read_bothFormsAndShortNames_areUnderstood() {
    RunRequestBuilder read = RunRequest.builder();
    RunOptions.read(List.of("--lr", "0.25", "--wd=0.5", "--tag", "a=1", "--tag=b=2"), read);
    RunRequest request = read.build();
    assertThat(request.descent().hyperparameters().learningRate()).isEqualTo(0.25);
    assertThat(request.descent().hyperparameters().weightDecay()).isEqualTo(0.5);
    assertThat(request.publishing().tags()).isEqualTo(Map.of("a", "1", "b", "2"));
  }

  @Test
  void read_nonsense_namesTheOption() {
    assertRefused("--steps: expected a whole number, found 'many'", "--steps=many");
    assertRefused("there is no option --stepz", "--stepz=5");
    assertRefused("--steps needs a value", "--steps");
    assertRefused(
        "--curvature: expected one of none, iterate, midpoint, both, found 'all'",
        "--curvature=all");
    assertRefused("--tag: expected KEY=VALUE, found 'x'", "--tag=x");
  }

  private static void assertRefused(String message, String... arguments) {
    assertThatThrownBy(() -> RunOptions.read(List.of(arguments), RunRequest.builder()))
        .isInstanceOf(OptionException.class)
        .hasMessage(message);
  }

  @Test
  void requireApplicable_optionsOfOtherProblems_areRefusedUnlessOpen() {
    RunRequest request = RunRequest.builder().rank(3).build();
    RunOptions.requireApplicable(request, Set.of(ProblemOptions.RANK));
    RunOptions.requireApplicable(RunRequest.builder().steps(3L).build(), Set.of());
    assertThatThrownBy(() -> RunOptions.requireApplicable(request, Set.of(NetworkOptions.HIDDEN)))
        .isInstanceOf(OptionException.class)
        .hasMessage("--rank does not apply to --problem bn-linear");
  }

  @Test
  void effect_ofOptionsSeenElsewhere_isAKnownSetting() {
    assertThat(RunOptions.ALL.stream().map(RunOption::effect))
        .filteredOn(StepEffect.SeenIn.class::isInstance)
        .extracting(effect -> ((StepEffect.SeenIn) effect).setting())
        .isSubsetOf(
            Trajectory.NETWORK,
            Trajectory.EXAMPLES,
            Trajectory.PRECISION,
            Trajectory.DEVICE,
            Trajectory.CHECKSUM);
  }
}
