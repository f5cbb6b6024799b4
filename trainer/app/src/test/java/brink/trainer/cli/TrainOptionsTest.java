package brink.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brink.trainer.cli.NetworkOptions.ActivationName;
import brink.trainer.cli.NetworkOptions.LossName;
import brink.trainer.cli.TrainOptions.EncodingName;
import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.DirectCadence;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class TrainOptionsTest {
  private static TrainOptions parse(String... arguments) {
    TrainOptions options = new TrainOptions();
    new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
    return options;
  }

  @Test
  void parse_nothing_leavesTheProblemsDefaultsOpen() {
    TrainOptions options = parse();
    assertThat(options.problem).isEqualTo(ProblemName.BN_LINEAR);
    assertThat(options.seed).isEqualTo(1);
    assertThat(options.gradientEncoding).isEqualTo(EncodingName.F32);
    assertThat(options.curvatureEvery).isEqualTo(1);
    assertThat(options.evaluateEvery).isEqualTo(100);
    assertThat(options.data).isNull();
    assertThat(options.learningRate).isNull();
    assertThat(options.network.hidden).isNull();
    assertThat(options.gradientsEvery).isNull();
    assertThat(options.tags).isEmpty();
  }

  @Test
  void device_unlessTold_isFloat64OnAllProcessors() {
    try (Kernels kernels = parse().device.open()) {
      assertThat(kernels.precision()).isEqualTo(Precision.FLOAT64);
      assertThat(kernels.device())
          .contains(Integer.toString(Runtime.getRuntime().availableProcessors()));
    }
  }

  @Test
  void device_asTold_isOpened() {
    try (Kernels kernels = parse("--precision", "float32", "--threads", "3").device.open()) {
      assertThat(kernels.precision()).isEqualTo(Precision.FLOAT32);
      assertThat(kernels.device()).contains("3 threads");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "10000"})
  void device_withSenselessThreads_isRejected(String threads) {
    assertThatThrownBy(() -> parse("--threads", threads).device.open())
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("from 1 to 1024");
  }

  @Test
  void parse_everyForm_isUnderstood() {
    TrainOptions options =
        parse(
            "--problem=mlp-bn",
            "--hidden=32,16",
            "--activation=relu",
            "--loss=cross-entropy",
            "--lr=0.1",
            "--wd=1e-3",
            "--curvature=both",
            "--gradient-encoding=bf16",
            "--tag=a=1",
            "--tag=b=2");
    assertThat(options.problem).isEqualTo(ProblemName.MLP_BN);
    assertThat(options.network.hidden).containsExactly(32, 16);
    assertThat(options.network.activation).isEqualTo(ActivationName.RELU);
    assertThat(options.network.loss).isEqualTo(LossName.CROSS_ENTROPY);
    assertThat(options.learningRate).isEqualTo(0.1);
    assertThat(options.weightDecay).isEqualTo(1e-3);
    assertThat(options.curvature).isEqualTo(CurvaturePoints.BOTH);
    assertThat(options.gradientEncoding).isEqualTo(EncodingName.BF16);
    assertThat(options.tags).containsEntry("a", "1").containsEntry("b", "2");
  }

  @Test
  void parse_directCadence_isStepsOrAuto() {
    assertThat(parse().directEvery).isNull();
    assertThat(parse("--direct-every=50").directEvery).isEqualTo(new DirectCadence.Every(50));
    assertThat(parse("--direct-every=auto").directEvery).isEqualTo(DirectCadence.AUTO);
  }

  @Test
  void parse_problemOfAFile_keepsItsPath() {
    ProblemName problem = parse("--problem=network:nets/a:b.yaml").problem;
    assertThat(problem).isEqualTo(ProblemName.network("nets/a:b.yaml"));
    assertThat(problem).hasToString("network:nets/a:b.yaml");
  }

  @Test
  void parse_unknownProblem_listsTheKnownOnes() {
    assertThatThrownBy(() -> parse("--problem=resnet"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("expected one of bn-linear, ")
        .hasMessageEndingWith("network:FILE or dl4j:FILE, found 'resnet'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--problem=resnet",
        "--problem=network:",
        "--steps=many",
        "--hidden=a,b",
        "--direct-every=-3",
        "--direct-every=often",
        "--unknown"
      })
  void parse_nonsense_isRefused(String argument) {
    assertThatThrownBy(() -> parse(argument)).isInstanceOf(ParameterException.class);
  }
}
