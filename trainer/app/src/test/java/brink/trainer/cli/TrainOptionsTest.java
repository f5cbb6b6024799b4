package brink.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.DirectCadence;
import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Precision;
import brink.trainer.request.OptionException;
import brink.trainer.request.ProblemName;
import brink.trainer.request.RunOption;
import brink.trainer.request.RunOptions;
import brink.trainer.request.RunRequest;
import brink.v1.GradientEncoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class TrainOptionsTest {
  private static RunRequest parse(String... arguments) {
    TrainOptions options = new TrainOptions();
    new CommandLine(options.spec()).parseArgs(arguments);
    return options.request();
  }

  private static Kernels open(String... arguments) {
    return parse(arguments).device().open(note -> {});
  }

  @Test
  void parse_nothing_isTheRequestOfTheBuilder() {
    RunRequest request = parse();
    assertThat(request).isEqualTo(RunRequest.builder().build());
    assertThat(request.problem().name()).isEqualTo(ProblemName.BN_LINEAR);
    assertThat(request.problem().seed()).isEqualTo(1);
    assertThat(request.publishing().encoding()).isEqualTo(GradientEncoding.GRADIENT_ENCODING_F32);
    assertThat(request.measurements().curvatureEvery()).isEqualTo(1);
    assertThat(request.measurements().evaluateEvery()).isEqualTo(100);
    assertThat(request.data().source()).isNull();
    assertThat(request.descent().hyperparameters().learningRate()).isNull();
    assertThat(request.problem().network().hidden()).isNull();
    assertThat(request.publishing().gradientsEvery()).isNull();
    assertThat(request.publishing().tags()).isEmpty();
  }

  @Test
  void help_ofEveryOption_saysTheDefaultOfTheBuilder() {
    String help = new CommandLine(new TrainOptions().spec()).getUsageMessage();
    assertThat(help)
        .contains("(default: bn-linear)", "(default: float64)", "(default: F32)", "(default: gd)")
        .contains("TANH, RELU, GELU, SOFTPLUS")
        .doesNotContain("${");
    for (RunOption<?> option : RunOptions.ALL) {
      assertThat(help).contains(option.text().names()).contains(option.text().label());
    }
  }

  @Test
  void device_unlessTold_isFloat64OnAllProcessors() {
    try (Kernels kernels = open()) {
      assertThat(kernels.precision()).isEqualTo(Precision.FLOAT64);
      assertThat(kernels.device())
          .contains(Integer.toString(Runtime.getRuntime().availableProcessors()));
    }
  }

  @Test
  void device_asTold_isOpened() {
    try (Kernels kernels = open("--precision", "float32", "--threads", "3")) {
      assertThat(kernels.precision()).isEqualTo(Precision.FLOAT32);
      assertThat(kernels.device()).contains("3 threads");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "10000"})
  void device_withSenselessThreads_isRejected(String threads) {
    assertThatThrownBy(() -> open("--threads", threads))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("from 1 to 1024");
  }

  @Test
  void parse_everyForm_isUnderstood() {
    RunRequest request =
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
    assertThat(request.problem().name()).isEqualTo(ProblemName.MLP_BN);
    assertThat(request.problem().network().hidden()).containsExactly(32, 16);
    assertThat(request.problem().network().activation()).isEqualTo(Activation.RELU);
    assertThat(request.problem().network().loss().kind()).isEqualTo(Loss.SOFTMAX_CROSS_ENTROPY);
    assertThat(request.descent().hyperparameters().learningRate()).isEqualTo(0.1);
    assertThat(request.descent().hyperparameters().weightDecay()).isEqualTo(1e-3);
    assertThat(request.measurements().curvature()).isEqualTo(CurvaturePoints.BOTH);
    assertThat(request.publishing().encoding()).isEqualTo(GradientEncoding.GRADIENT_ENCODING_BF16);
    assertThat(request.publishing().tags()).containsEntry("a", "1").containsEntry("b", "2");
  }

  @Test
  void parse_directCadence_isStepsOrAuto() {
    assertThat(parse().measurements().directEvery()).isNull();
    assertThat(parse("--direct-every=50").measurements().directEvery())
        .isEqualTo(new DirectCadence.Every(50));
    assertThat(parse("--direct-every=auto").measurements().directEvery())
        .isEqualTo(DirectCadence.AUTO);
  }

  @Test
  void parse_problemOfAFile_keepsItsPath() {
    ProblemName problem = parse("--problem=network:nets/a:b.yaml").problem().name();
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
