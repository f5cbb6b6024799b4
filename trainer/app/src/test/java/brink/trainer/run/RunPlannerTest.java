package brink.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brink.trainer.data.DataDescription;
import brink.trainer.data.SplitRule;
import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.DirectCadence;
import brink.trainer.descent.Hyperparameters;
import brink.trainer.descent.Problem;
import brink.trainer.flow.FlowPredictionSettings;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.publish.RunDescription;
import brink.trainer.request.OptionException;
import brink.trainer.request.ProblemName;
import brink.trainer.request.RunRequest;
import brink.trainer.request.RunRequestBuilder;
import brink.trainer.request.UpdateKind;
import brink.v1.GradientEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPlannerTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T10:15:30Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  private final Kernels kernels = new CpuKernels(1);
  private final RunRequestBuilder options = RunRequest.builder();

  @AfterEach
  void close() {
    kernels.close();
  }

  private RunPlan plan() {
    return RunPlanner.of(CLOCK, new Random(5)).plan(options.build(), kernels);
  }

  /** Ten lines of two features and a last column. */
  private String csv(String... last) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      text.append(i * i % 7).append(',').append(i).append(',').append(last[i % last.length]);
      text.append('\n');
    }
    Path file = folder.resolve("data.csv");
    Files.writeString(file, text);
    return "csv:" + file;
  }

  private void assertRefused(String message) {
    assertThatThrownBy(this::plan).isInstanceOf(OptionException.class).hasMessage(message);
    assertThat(message.lines()).hasSize(1);
  }

  @Test
  void plan_featuresThatAreConstant_saysThatTheLossIsUndefined() throws IOException {
    Path file = folder.resolve("constant.csv");
    Files.writeString(file, "1,1,0\n1,1,1\n".repeat(5));
    options.problem(ProblemName.MLP_BN);
    options.data("csv:" + file);
    assertThatThrownBy(this::plan)
        .isInstanceOf(OptionException.class)
        .hasMessageStartingWith(
            "the loss is undefined at the initial weights: layer dense1, unit 0: its input is the"
                + " same for all 8 examples");
  }

  @Test
  void plan_optionsThatTheProblemHasNot_areRefused() {
    options.epsilon(0.1);
    assertRefused("--epsilon does not apply to --problem bn-linear");
    options.problem(ProblemName.VGG11_BN);
    options.hidden(List.of(3));
    assertRefused("--hidden does not apply to --problem vgg11-bn");
    options.hidden(null);
    options.rank(2);
    assertRefused("--rank does not apply to --problem vgg11-bn");
  }

  @Test
  void plan_runIdThatTheMonitorRefuses_isRefused() {
    options.runId("x".repeat(201));
    assertRefused("--run-id needs 1 to 200 bytes, not 201");
    options.runId("");
    assertRefused("--run-id needs 1 to 200 bytes, not 0");
  }

  @Test
  void plan_bnLinear_takesItsDefaults() {
    RunPlan plan = plan();
    assertThat(plan.descent().hyperparameters()).isEqualTo(new Hyperparameters(0.5, 4e-4));
    assertThat(plan.descent().steps()).isEqualTo(20_000);
    assertThat(plan.descent().curvature()).isEqualTo(CurvaturePoints.BOTH);
    assertThat(plan.descent().directCadence()).isEqualTo(new DirectCadence.Every(10));
    assertThat(plan.gradients().everySteps()).isEqualTo(1);
    assertThat(plan.problem().landscape().dimension()).isEqualTo(60);
  }

  @Test
  void plan_always_describesTheRun() {
    options.group("study");
    RunDescription run = plan().description();
    assertThat(run.runId()).matches("bn-linear-20261122-101530-[0-9a-f]{4}");
    assertThat(run.names().name()).startsWith("bn-linear synthetic:regression");
    assertThat(run.names().group()).isEqualTo("study");
    assertThat(run.problem().trainSize()).isEqualTo(30);
    assertThat(run.problem().dimension()).isEqualTo(60);
    assertThat(run.computation().precision()).isEqualTo("float64");
    // sums of 60 products, each rounded
    assertThat(run.computation().scaleInvarianceError()).isLessThan(60 * 0x1p-53);
  }

  @Test
  void plan_always_describesItsData() {
    DataDescription data = Objects.requireNonNull(plan().description().problem().data());
    assertThat(data.split()).isEqualTo(new SplitRule.Drawn(options.build().problem().seed()));
    assertThat(data.scaling()).isEqualTo(DataDescription.FeatureScaling.COLUMNS);
    // bn-linear standardizes its targets.
    assertThat(Objects.requireNonNull(data.targetScaling()).deviation()).isPositive();

    options.problem(ProblemName.MATRIX_COMPLETION_BN);
    DataDescription entries = Objects.requireNonNull(plan().description().problem().data());
    assertThat(entries.scaling()).isEqualTo(DataDescription.FeatureScaling.NONE);
    assertThat(entries.targetScaling()).isNotNull();

    options.problem(ProblemName.MLP_BN);
    DataDescription classes = Objects.requireNonNull(plan().description().problem().data());
    assertThat(classes.task()).isInstanceOf(DataDescription.Classification.class);
    assertThat(classes.targetScaling()).isNull();
  }

  @Test
  void plan_mlpBn_takesItsDefaults() {
    options.problem(ProblemName.MLP_BN);
    RunPlan plan = plan();
    assertThat(plan.problem().network()).isEqualTo("10-16-16-4 tanh");
    assertThat(plan.description().problem().dimension()).isEqualTo(10 * 16 + 16 * 16);
    assertThat(plan.descent().curvature()).isEqualTo(CurvaturePoints.MIDPOINT);
  }

  @Test
  void plan_options_overrideDefaults() {
    options.runId("mine");
    options.name("my run");
    options.learningRate(0.25);
    options.weightDecay(0.0);
    options.steps(7L);
    options.directEvery(DirectCadence.NEVER);
    options.curvature(CurvaturePoints.NONE);
    options.gradientsEvery(3);
    options.gradientEncoding(GradientEncoding.GRADIENT_ENCODING_F16);
    options.data("synthetic:regression?n=8&d=4");
    RunPlan plan = plan();
    assertThat(plan.description().runId()).isEqualTo("mine");
    assertThat(plan.description().names().name()).isEqualTo("my run");
    assertThat(plan.descent().hyperparameters()).isEqualTo(new Hyperparameters(0.25, 0));
    assertThat(plan.description().descent().plannedSteps()).isEqualTo(7);
    assertThat(plan.descent().directCadence().on()).isFalse();
    assertThat(plan.descent().curvature()).isEqualTo(CurvaturePoints.NONE);
    assertThat(plan.gradients().everySteps()).isEqualTo(3);
    assertThat(plan.gradients().encoding()).isEqualTo(GradientEncoding.GRADIENT_ENCODING_F16);
    assertThat(plan.description().problem().dimension()).isEqualTo(4);
  }

  @Test
  void plan_oneTestExample_isEnough() {
    options.data("synthetic:regression?n=8&d=4&test=1");
    Problem problem = plan().problem();
    assertThat(problem.landscape().evaluate(problem.initialWeights()).testLoss()).isPositive();
  }

  @Test
  void plan_negativeLearningRate_isRefused() {
    options.learningRate(-0.5);
    assertRefused("--learning-rate must be a number above 0, found -0.5");
    options.learningRate(Double.NaN);
    assertRefused("--learning-rate must be a number above 0, found NaN");
  }

  @Test
  void plan_weightDecayOutOfRange_isRefusedByItsOption() {
    options.weightDecay(-1.0);
    assertRefused("--weight-decay must be 0 or more, found -1.0");
    options.weightDecay(2.0);
    assertRefused(
        "--learning-rate 0.5 times --weight-decay 2.0 is 1.0 and must be below 1: one step would"
            + " decay the weights to nothing");
  }

  @Test
  void plan_scheduleOutOfRange_isRefusedByItsOption() {
    options.weightDecaySchedule("steps:10=5000");
    String allowed = "the learning rate must be above 0, and their product below 1";
    assertRefused(
        "--weight-decay-schedule steps:10=5000.0: at step 10 the learning rate is 0.5 and weight"
            + " decay 5000.0; "
            + allowed);
    options.weightDecaySchedule(null);
    options.learningRateSchedule("steps:10=0");
    assertRefused(
        "--learning-rate-schedule steps:10=0.0: at step 10 the learning rate is 0.0 and weight"
            + " decay 4.0E-4; "
            + allowed);
  }

  @Test
  void plan_momentumOutOfRange_isRefusedByItsOption() {
    options.momentum(2);
    assertRefused("--momentum must be from 0 to below 1, found 2.0");
    options.momentum(Double.NaN);
    assertRefused("--momentum must be from 0 to below 1, found NaN");
  }

  @Test
  void plan_weightDecayOnTheSphere_isRefusedByItsOption() {
    String message =
        "--update sphere has no weight decay; leave out --weight-decay and --weight-decay-schedule";
    options.update(UpdateKind.SPHERE);
    options.weightDecay(0.1);
    assertRefused(message);
    options.weightDecay(null);
    options.weightDecaySchedule("linear:to=0.1");
    assertRefused(message);
  }

  @Test
  void plan_badData_namesTheOption() {
    options.data("csv:/no/such.csv");
    assertRefused("--data: /no/such.csv: no such file; give an existing CSV file");
    options.data("csv:" + folder);
    assertRefused("--data: " + folder + ": is a folder; give an existing CSV file");
    options.data("synthetic:regression?x=1");
    assertRefused(
        "--data: synthetic:regression: unknown parameter 'x', expected one of n, test, d, noise");
    options.data(null);
    options.trainSize(0);
    assertRefused("--train-size must be at least 2, found 0");
    options.trainSize(31);
    assertRefused(
        "--train-size 31 asks for more examples than there are: synthetic:regression has 30");
  }

  @Test
  void plan_negativeCadences_areRefused() {
    options.gradientsEvery(-1);
    assertRefused("--gradients-every must not be negative, found -1");
    options.curvatureEvery(-2);
    assertRefused("--curvature-every must not be negative, found -2");
    options.curvatureEvery(1);
  }

  @Test
  void plan_predictedFlows_areThoseOfTheOptions() {
    assertThat(plan().descent().predictions()).isEqualTo(FlowPredictionSettings.OFF);
    options.predictFlow(100);
    options.predictFlowRestart(0.5);
    assertThat(plan().descent().predictions()).isEqualTo(new FlowPredictionSettings(100, 0.5));
  }

  @Test
  void plan_predictedFlowsOfALargeProblem_areRefused() {
    options.predictFlow(100);
    options.data("synthetic:regression?n=8&d=451");
    assertRefused(
        "--predict-flow: predicted flows need dense Hessians, of at most 450 weights, not 451: take"
            + " a smaller problem, or no predictions");
  }

  @Test
  void plan_senselessPredictionsOrSteps_areRefusedByTheirOption() {
    options.predictFlowRestart(0.5);
    assertThatThrownBy(this::plan)
        .isInstanceOf(OptionException.class)
        .hasMessage(
            "--predict-flow-restart says when predicted flows start anew; give --predict-flow,"
                + " too");
    options.predictFlowRestart(-1);
    assertThatThrownBy(this::plan).hasMessageStartingWith("--predict-flow-restart must not be");
    options.predictFlowRestart(0);
    options.predictFlow(-1);
    assertThatThrownBy(this::plan).hasMessageStartingWith("--predict-flow must not be");
    options.predictFlow(0);
    options.steps(0L);
    assertThatThrownBy(this::plan).hasMessage("--steps must be 1 or more, found 0");
  }

  @Test
  void notes_scheduleBeyondTheEndOrCostlyPredictions_nameTheOption() {
    options.steps(100L);
    options.learningRateSchedule("cosine:to=0.1");
    assertThat(RunNotes.of(plan())).isEmpty();
    options.learningRateSchedule("steps:100=0.1,200=0.2");
    assertThat(RunNotes.of(plan()))
        .singleElement()
        .asString()
        .startsWith("--learning-rate-schedule: ")
        .contains("goes on to step 200, but the run has 100 steps (--steps)");
  }

  @Test
  void plan_predictedFlowsWithMomentum_areRefused() {
    options.predictFlow(100);
    options.momentum(0.9);
    assertRefused(
        "--predict-flow: flows are predicted for gradient descent with constant learning rate and"
            + " weight decay, and without momentum; leave the predictions out");
  }

  @Test
  void plan_hiddenWidthZero_isRefused() {
    options.problem(ProblemName.MLP_BN);
    options.hidden(List.of(16, 0));
    assertRefused("--hidden: hidden widths must be positive, not [16, 0]");
  }

  @Test
  void plan_csvClasses_trainsACrossEntropy() throws IOException {
    options.problem(ProblemName.MLP_BN);
    options.data(csv("red", "green", "blue"));
    Problem problem = plan().problem();
    assertThat(problem.network()).startsWith("2-16-16-3 ");
    assertThat(problem.landscape().evaluate(problem.initialWeights()).trainAccuracy()).isNotNull();
    double crossEntropy = loss(problem);
    options.loss(Loss.SOFTMAX_CROSS_ENTROPY);
    assertThat(loss(plan().problem())).isEqualTo(crossEntropy);
    options.loss(Loss.MEAN_SQUARED_ERROR);
    assertThat(loss(plan().problem())).isNotEqualTo(crossEntropy);
  }

  @Test
  void plan_csvNumbers_trainsASquaredError() throws IOException {
    options.problem(ProblemName.MLP_BN);
    options.data(csv("0.5", "-1.25", "3.75") + "?task=regression");
    Problem problem = plan().problem();
    assertThat(problem.network()).startsWith("2-16-16-1 ");
    assertThat(problem.landscape().evaluate(problem.initialWeights()).trainAccuracy()).isNull();
    double squaredError = loss(problem);
    options.loss(Loss.MEAN_SQUARED_ERROR);
    assertThat(loss(plan().problem())).isEqualTo(squaredError);
  }

  @Test
  void plan_crossEntropyOfNumbers_isRefused() throws IOException {
    options.problem(ProblemName.MLP_BN);
    options.data(csv("0.5", "-1.25", "3.75") + "?task=regression");
    options.loss(Loss.SOFTMAX_CROSS_ENTROPY);
    assertThatThrownBy(this::plan)
        .isInstanceOf(OptionException.class)
        .hasMessageEndingWith("data.csv are numbers; use --loss mse")
        .hasMessageStartingWith("--loss cross-entropy needs classes, the targets of csv:");
  }

  @Test
  void plan_bnLinearOfThreeClasses_isRefused() throws IOException {
    options.data(csv("red", "green", "blue"));
    assertThatThrownBy(this::plan)
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("not 3; for a CSV file add ?task=regression");
  }

  @Test
  void plan_bnLinearOfTwoClasses_regressesOnSigns() throws IOException {
    options.data(csv("yes", "no"));
    assertThat(plan().problem().landscape().dimension()).isEqualTo(2);
  }

  @Test
  void plan_bnLinearOfEqualTargets_isRefused() throws IOException {
    options.data(csv("2.5") + "?task=regression");
    assertThatThrownBy(this::plan)
        .isInstanceOf(OptionException.class)
        .hasMessageEndingWith("all targets are equal; nothing to regress on");
  }

  private static double loss(Problem problem) {
    return problem.landscape().linearize(problem.initialWeights()).loss();
  }
}
