package brink.trainer.cli;

import brink.schemas.KafkaSettings;
import brink.trainer.data.DataException;
import brink.trainer.data.DataOptions;
import brink.trainer.data.DataSource;
import brink.trainer.data.Split;
import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.DirectCadence;
import brink.trainer.publish.PublishedSteps;
import brink.v1.GradientEncoding;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What to train, how, and what to publish of it; an option that is null has a default of its
 * problem.
 */
public final class TrainOptions {
  @Option(
      names = "--problem",
      paramLabel = "NAME",
      converter = ProblemName.Reader.class,
      completionCandidates = ProblemName.Names.class,
      description =
          "${COMPLETION-CANDIDATES}, network:FILE or dl4j:FILE (default: ${DEFAULT-VALUE})",
      defaultValue = "bn-linear")
  public ProblemName problem = ProblemName.BN_LINEAR;

  @Option(
      names = "--data",
      paramLabel = "SOURCE",
      description =
          "synthetic:…, csv:FILE, npy:X,Y, npy:FILE.npz, mnist:DIR, cifar10:DIR, cifar100:DIR or"
              + " dl4j:iris|mnist; './brink data SOURCE' shows what that is"
              + " (default: a synthetic set of the problem)")
  public @Nullable String data;

  @Option(
      names = "--train-size",
      paramLabel = "N",
      description = "use the first N training examples")
  public @Nullable Integer trainSize;

  @Option(names = "--test-size", paramLabel = "N", description = "use the first N test examples")
  public @Nullable Integer testSize;

  @Option(names = "--steps", paramLabel = "N", description = "number of steps")
  public @Nullable Long steps;

  @Option(
      names = {"--learning-rate", "--lr"},
      paramLabel = "η",
      description = "learning rate")
  public @Nullable Double learningRate;

  @Option(
      names = {"--weight-decay", "--wd"},
      paramLabel = "λ",
      description = "weight decay: w ← (1 − ηλ)w − η∇L")
  public @Nullable Double weightDecay;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "seed of weights and synthetic data (default: ${DEFAULT-VALUE})",
      defaultValue = "1")
  public long seed;

  @Mixin public DeviceOptions device = new DeviceOptions();

  @Option(
      names = "--rank",
      paramLabel = "N",
      description = "matrix-completion-bn: columns of the two factors")
  public @Nullable Integer rank;

  @Option(
      names = "--dl4j-train",
      paramLabel = "WHICH",
      description =
          "dl4j:FILE: which parameters are trained, ${COMPLETION-CANDIDATES}; normalized are the"
              + " weights that go straight to batch normalization (default: NORMALIZED)")
  public @Nullable Dl4jTrain dl4jTrain;

  /** Which parameters of a DL4J network are trained. */
  public enum Dl4jTrain {
    NORMALIZED,
    ALL
  }

  @Mixin public NetworkOptions network = new NetworkOptions();

  @Option(
      names = "--curvature",
      paramLabel = "POINT",
      description =
          "where sharpness is measured: ${COMPLETION-CANDIDATES}; the midpoint of two iterates is"
              + " free of the period-two oscillation")
  public @Nullable CurvaturePoints curvature;

  @Option(
      names = "--curvature-every",
      paramLabel = "N",
      description =
          "measure sharpness every N steps, at the iterates at two adjacent ones (default: 1)",
      defaultValue = "1")
  public int curvatureEvery;

  @Option(
      names = "--direct-every",
      paramLabel = "N",
      converter = DirectCadenceReader.class,
      description =
          "measure the gradient of log-sharpness directly every N steps, and test the flow with it;"
              + " 0 never, auto as often as a tenth of training pays for (default: the problem's)")
  public @Nullable DirectCadence directEvery;

  @Option(
      names = "--evaluate-every",
      paramLabel = "N",
      description = "evaluate on whole data sets every N steps; 0 never (default: 100)",
      defaultValue = "100")
  public int evaluateEvery;

  @Option(
      names = "--gradients-every",
      paramLabel = "N",
      description = "publish the gradient of every N-th step; 0 never (default: 1 for small nets)")
  public @Nullable Integer gradientsEvery;

  /** Number formats of published gradients. */
  public enum EncodingName {
    F32(GradientEncoding.GRADIENT_ENCODING_F32),
    F16(GradientEncoding.GRADIENT_ENCODING_F16),
    BF16(GradientEncoding.GRADIENT_ENCODING_BF16);

    final GradientEncoding encoding;

    EncodingName(GradientEncoding encoding) {
      this.encoding = encoding;
    }
  }

  @Option(
      names = "--gradient-encoding",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})",
      defaultValue = "F32")
  public EncodingName gradientEncoding = EncodingName.F32;

  @Option(names = "--run-id", paramLabel = "ID", description = "id of the run (default: made up)")
  public @Nullable String runId;

  @Option(names = "--name", paramLabel = "NAME", description = "name of the run, for people")
  public @Nullable String name;

  @Option(names = "--group", paramLabel = "NAME", description = "name that runs of a study share")
  public String group = "";

  @Option(
      names = "--tag",
      paramLabel = "KEY=VALUE",
      description = "free label of the run; may be given several times")
  public Map<String, String> tags = new LinkedHashMap<>();

  @Mixin public DescentOptions descent = new DescentOptions();

  @Mixin public CheckpointOptions checkpoints = new CheckpointOptions();

  /** The command that these options were given to; null where a program made them. */
  @Spec(Spec.Target.MIXEE)
  @Nullable CommandSpec command;

  /**
   * Refuses a run id that was given and is taken: two runs under one id spoil each other.
   *
   * @throws OptionException if Kafka has such a run
   * @throws brink.schemas.KafkaSetupException if Kafka cannot be read
   */
  public void requireFreshRunId(KafkaSettings kafka) {
    if (runId != null && PublishedSteps.anyOf(kafka, runId)) {
      throw new OptionException(
          "--run-id: there is a run %s already; choose another id, or go on with it by --resume"
              .formatted(runId));
    }
  }

  /**
   * Reads the examples as these options say.
   *
   * @param source what {@code --data} names, or the problem's default
   * @throws OptionException if they cannot be used
   */
  Split load(String source) {
    return load(source, true);
  }

  /** The same, with features standardized or as they are. */
  Split load(String source, boolean standardized) {
    double testFraction = DataOptions.DEFAULT.testFraction();
    try {
      return DataSource.parse(source)
          .load(new DataOptions(trainSize, testSize, testFraction, seed, standardized));
    } catch (DataException e) {
      throw OptionException.ofData(e);
    }
  }
}
