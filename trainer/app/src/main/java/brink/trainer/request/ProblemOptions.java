package brink.trainer.request;

import java.util.List;

/** Options that say what is trained, on which data. */
public final class ProblemOptions {
  static final RunOption<ProblemName> PROBLEM =
      RunOption.of(
          OptionText.of(
              "--problem",
              "NAME",
              "${COMPLETION-CANDIDATES}, network:FILE or dl4j:FILE (default: ${DEFAULT-VALUE})"),
          new ValueForm<>(ProblemName::parse, ProblemName::toString, ProblemName.known()),
          request -> request.problem().name(),
          RunRequestBuilder::problem,
          new StepEffect.Recorded(trajectory -> trajectory.problem().name()));

  static final RunOption<String> DATA =
      RunOption.of(
          OptionText.of(
              "--data",
              "SOURCE",
              "synthetic:…, csv:FILE, npy:X,Y, npy:FILE.npz, mnist:DIR, cifar10:DIR, cifar100:DIR"
                  + " or dl4j:iris|mnist; './brink data SOURCE' shows what that is (default: a"
                  + " synthetic set of the problem)"),
          ValueForm.TEXT,
          request -> request.data().source(),
          RunRequestBuilder::data,
          new StepEffect.Recorded(trajectory -> trajectory.problem().dataset()));

  static final RunOption<Integer> TRAIN_SIZE =
      RunOption.of(
          OptionText.of("--train-size", "N", "use the first N training examples"),
          ValueForm.COUNT,
          request -> request.data().trainSize(),
          RunRequestBuilder::trainSize,
          new StepEffect.SeenIn(Trajectory.EXAMPLES));

  /** What is held out for testing is not trained on. */
  static final RunOption<Integer> TEST_SIZE =
      RunOption.of(
          OptionText.of("--test-size", "N", "use the first N test examples"),
          ValueForm.COUNT,
          request -> request.data().testSize(),
          RunRequestBuilder::testSize,
          new StepEffect.SeenIn(Trajectory.CHECKSUM));

  static final RunOption<Long> SEED =
      RunOption.of(
          OptionText.of(
              "--seed", "N", "seed of weights and synthetic data (default: ${DEFAULT-VALUE})"),
          ValueForm.LONG_COUNT,
          request -> request.problem().seed(),
          RunRequestBuilder::seed,
          new StepEffect.Recorded(trajectory -> "" + trajectory.seed()));

  /** Of matrix completion. */
  public static final RunOption<Integer> RANK =
      RunOption.of(
              OptionText.of("--rank", "N", "matrix-completion-bn: columns of the two factors"),
              ValueForm.COUNT,
              request -> request.problem().rank(),
              RunRequestBuilder::rank,
              new StepEffect.SeenIn(Trajectory.NETWORK))
          .ofSomeProblems();

  /** Of a network that Deeplearning4j saved. */
  public static final RunOption<TrainedParameters> DL4J_TRAIN =
      RunOption.of(
              OptionText.of(
                  "--dl4j-train",
                  "WHICH",
                  "dl4j:FILE: which parameters are trained, ${COMPLETION-CANDIDATES}; NORMALIZED"
                      + " means the weights that go straight into batch normalization (default:"
                      + " NORMALIZED)"),
              ValueForm.choice(TrainedParameters.class),
              request -> request.problem().dl4jTrain(),
              RunRequestBuilder::dl4jTrain,
              new StepEffect.SeenIn(Trajectory.NETWORK))
          .ofSomeProblems();

  static final List<RunOption<?>> SETS = List.of(PROBLEM, DATA, TRAIN_SIZE, TEST_SIZE);

  private ProblemOptions() {}
}
