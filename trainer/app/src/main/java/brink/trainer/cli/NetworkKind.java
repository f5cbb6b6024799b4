package brink.trainer.cli;

import brink.trainer.cli.NetworkOptions.NormalizationName;
import brink.trainer.data.Dataset;
import brink.trainer.data.Split;
import brink.trainer.data.Targets;
import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.DirectCadence;
import brink.trainer.descent.Problem;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Precision;
import brink.trainer.kernels.Tensor;
import brink.trainer.network.Examples;
import brink.trainer.network.LayerException;
import brink.trainer.network.NetworkLandscape;
import brink.trainer.network.NetworkSpec;
import brink.trainer.network.Shape;
import brink.trainer.network.file.NetworkFile;
import brink.trainer.network.file.NetworkFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Problems whose loss is that of a network. */
final class NetworkKind implements ProblemKind {
  private static final String VECTORS = "synthetic:teacher?n=200&d=10&classes=4&noise=0&test=1000";

  private static final String IMAGES = "synthetic:digits?n=100&test=500&size=16&classes=4";

  /** The direct measurement of G² costs some forty Hessian-vector products. */
  private static final DirectCadence DIRECT = new DirectCadence.Every(50);

  private final String name;
  private final Defaults defaults;
  private final Set<String> options;
  private final String ownDefaults;
  private final Designer designer;
  private final long availableBytes;

  /** Makes a network for some data. */
  @FunctionalInterface
  private interface Designer {
    NetworkDesign design(NetworkOptions options, Dataset train, Loss loss);
  }

  private NetworkKind(
      String name, Defaults defaults, String option, String value, Designer designer) {
    this.name = name;
    this.defaults = defaults;
    options = with(option);
    ownDefaults = value.isEmpty() ? "" : option + " " + value;
    this.designer = designer;
    this.availableBytes = MachineMemory.bytes();
  }

  private static Set<String> with(String option) {
    Set<String> all = new HashSet<>(ProblemOptions.OF_NETWORKS);
    all.add(option);
    return Set.copyOf(all);
  }

  /** Reaches the edge after some 900 steps and stays there. */
  static ProblemKind mlpBn() {
    return new NetworkKind(
        "mlp-bn",
        vectors(),
        "--hidden",
        NetworkDesign.hiddenText(),
        (options, train, loss) -> NetworkDesign.mlp(options, NormalizationName.BATCH, train, loss));
  }

  /** The same with layer normalization. */
  static ProblemKind mlpLn() {
    return new NetworkKind(
        "mlp-ln",
        vectors(),
        "--hidden",
        NetworkDesign.hiddenText(),
        (options, train, loss) -> NetworkDesign.mlp(options, NormalizationName.LAYER, train, loss));
  }

  static ProblemKind vgg11Bn() {
    return new NetworkKind(
        "vgg11-bn", images(), "--width", "" + NetworkDesign.VGG11_WIDTH, NetworkDesign::vgg11);
  }

  static ProblemKind resnet20Bn() {
    return new NetworkKind(
        "resnet20-bn",
        images(),
        "--width",
        "" + NetworkDesign.RESNET20_WIDTH,
        NetworkDesign::resnet20);
  }

  /**
   * A network that a file describes.
   *
   * @param path of the file
   */
  static ProblemKind file(Path path) {
    return new NetworkKind(
        "network",
        images(),
        "--normalization",
        "",
        (options, train, loss) -> NetworkDesign.file(read(path, options, loss), train));
  }

  private static NetworkFile read(Path path, NetworkOptions options, Loss loss) {
    options.requireNumbers();
    ProblemName.requireNoFolder("network", path, "the YAML or JSON file of a network");
    try {
      return NetworkFile.read(
          path,
          loss,
          options.normalization == null ? null : options.normalization.toString(),
          options.activation(),
          options.groups,
          options.epsilon);
    } catch (NetworkFileException e) {
      throw new OptionException("--problem network: " + e.getMessage());
    }
  }

  private static Defaults vectors() {
    return new Defaults(VECTORS, 0.1, 3e-3, 8_000, CurvaturePoints.MIDPOINT, DIRECT);
  }

  /** Steps of images are dear, so weight decay is quicker. */
  private static Defaults images() {
    return new Defaults(IMAGES, 0.2, 5e-3, 2_000, CurvaturePoints.MIDPOINT, DirectCadence.AUTO);
  }

  @Override
  public Defaults defaults() {
    return defaults;
  }

  @Override
  public String ownDefaults() {
    return ownDefaults;
  }

  @Override
  public Set<String> options() {
    return options;
  }

  @Override
  public Problem build(Kernels device, String source, TrainOptions options) {
    Split data = options.load(source);
    Dataset train = data.train();
    Dataset test = data.test();
    NetworkDesign design = design(options.network, train);
    Kernels kernels =
        spills(design, device, options, data) ? device.spilling(train.size()) : device;
    Examples examples = options.network.examples(kernels, train);
    NetworkLandscape landscape =
        design
            .spec()
            .landscape(
                kernels,
                design.input(),
                examples,
                test == null ? null : Examples.of(kernels, test),
                options.seed);
    Tensor start = kernels.allocate(1, landscape.dimension());
    start.set(design.spec().initialWeights(design.input(), options.seed));
    return new Problem(
            name,
            design.spec().describe(design.input(), examples.targets().columns()),
            source,
            train.size(),
            landscape,
            start,
            landscape.scaleInvariantDimension())
        .on(data.description());
  }

  private NetworkDesign design(NetworkOptions options, Dataset train) {
    try {
      return designer.design(options, train, options.loss(train));
    } catch (LayerException e) {
      throw options.refused(name, e);
    }
  }

  /** Whether the device works on slices; refuses what fits neither there nor in the machine. */
  private boolean spills(NetworkDesign design, Kernels kernels, TrainOptions options, Split data) {
    return memory(design, kernels.precision(), options, data)
        .spills(kernels, options.device.spill, availableBytes, MachineMemory.bytesBesideHeap());
  }

  /** What a run on this data takes. */
  RunMemory memory(String source, Precision precision, TrainOptions options) {
    Split data = options.load(source);
    Dataset train = data.train();
    return memory(
        designer.design(options.network, train, options.network.loss(train)),
        precision,
        options,
        data);
  }

  private RunMemory memory(
      NetworkDesign design, Precision precision, TrainOptions options, Split data) {
    NetworkSpec spec = design.spec();
    Shape input = design.input();
    try {
      return RunMemory.of(
          spec.memory(input, outputs(data.train()), precision),
          spec.dimension(input),
          precision,
          options,
          defaults,
          data);
    } catch (ArithmeticException overflow) {
      throw new OptionException(
          "--problem "
              + name
              + ": the network has more than 2,147,483,647 weights; use a smaller one");
    }
  }

  private static int outputs(Dataset data) {
    return switch (data.targets()) {
      case Targets.Classes(int[] _, int count) -> count;
      case Targets.Values _ -> 1;
    };
  }
}
