package brink.trainer.problem;

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
import brink.trainer.request.NetworkOptions;
import brink.trainer.request.NormalizationChoice;
import brink.trainer.request.NormalizationName;
import brink.trainer.request.OptionException;
import brink.trainer.request.ProblemName;
import brink.trainer.request.RunOption;
import brink.trainer.request.RunRequest;
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
  private final Set<RunOption<?>> options;
  private final String ownDefaults;
  private final Designer designer;
  private final long availableBytes;

  /** Makes a network for some data. */
  @FunctionalInterface
  private interface Designer {
    NetworkDesign design(NetworkParts parts, Dataset train, Loss loss);
  }

  private NetworkKind(
      String name,
      Defaults defaults,
      Set<RunOption<?>> options,
      String ownDefaults,
      Designer designer) {
    this.name = name;
    this.defaults = defaults;
    this.options = options;
    this.ownDefaults = ownDefaults;
    this.designer = designer;
    this.availableBytes = MachineMemory.bytes();
  }

  /** A kind with one option more than every network has. */
  private static NetworkKind with(
      RunOption<?> option, String value, String name, Defaults defaults, Designer designer) {
    Set<RunOption<?>> all = new HashSet<>(NetworkOptions.OF_ALL);
    all.add(option);
    return new NetworkKind(name, defaults, Set.copyOf(all), option.name() + " " + value, designer);
  }

  /** Reaches the edge after some 900 steps and stays there. */
  static ProblemKind mlpBn() {
    return mlp("mlp-bn", NormalizationName.BATCH);
  }

  /** The same with layer normalization. */
  static ProblemKind mlpLn() {
    return mlp("mlp-ln", NormalizationName.LAYER);
  }

  private static ProblemKind mlp(String name, NormalizationName normalization) {
    return with(
        NetworkOptions.HIDDEN,
        NetworkDesign.hiddenText(),
        name,
        vectors(),
        (parts, train, loss) -> NetworkDesign.mlp(parts, normalization, train, loss));
  }

  static ProblemKind vgg11Bn() {
    return with(
        NetworkOptions.WIDTH,
        "" + NetworkDesign.VGG11_WIDTH,
        "vgg11-bn",
        images(),
        NetworkDesign::vgg11);
  }

  static ProblemKind resnet20Bn() {
    return with(
        NetworkOptions.WIDTH,
        "" + NetworkDesign.RESNET20_WIDTH,
        "resnet20-bn",
        images(),
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
        Set.copyOf(NetworkOptions.OF_ALL),
        "",
        (parts, train, loss) -> NetworkDesign.file(read(path, parts, loss), train));
  }

  private static NetworkFile read(Path path, NetworkParts parts, Loss loss) {
    parts.requireNumbers();
    NormalizationChoice normalization = parts.choice().normalization();
    ProblemName.requireNoFolder("network", path, "the YAML or JSON file of a network");
    try {
      return NetworkFile.read(
          path,
          loss,
          normalization.name() == null ? null : normalization.name().toString(),
          parts.choice().activation(),
          normalization.groups(),
          normalization.epsilon());
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
  public Set<RunOption<?>> options() {
    return options;
  }

  @Override
  public Problem build(Kernels device, ProblemInput input) {
    RunRequest request = input.request();
    long seed = request.problem().seed();
    Split data = input.load();
    Dataset train = data.train();
    Dataset test = data.test();
    NetworkParts parts = new NetworkParts(request.problem().network());
    NetworkDesign design = design(parts, train);
    Kernels kernels =
        spills(design, device, request, data) ? device.spilling(train.size()) : device;
    Examples examples = parts.examples(kernels, train);
    NetworkLandscape landscape =
        design
            .spec()
            .landscape(
                kernels,
                design.input(),
                examples,
                test == null ? null : Examples.of(kernels, test),
                seed);
    Tensor start = kernels.allocate(1, landscape.dimension());
    start.set(design.spec().initialWeights(design.input(), seed));
    return new Problem(
            name,
            design.spec().describe(design.input(), examples.targets().columns()),
            input.source(),
            train.size(),
            landscape,
            start,
            landscape.scaleInvariantDimension())
        .on(data.description());
  }

  private NetworkDesign design(NetworkParts parts, Dataset train) {
    try {
      return designer.design(parts, train, parts.loss(train));
    } catch (LayerException e) {
      throw parts.refused(name, e);
    }
  }

  /** Whether the device works on slices; refuses what fits neither there nor in the machine. */
  private boolean spills(NetworkDesign design, Kernels kernels, RunRequest request, Split data) {
    return memory(design, kernels.precision(), request, data)
        .spills(kernels, request.device().spill(), availableBytes, MachineMemory.bytesBesideHeap());
  }

  /** What a run on this data takes. */
  RunMemory memory(ProblemInput input, Precision precision) {
    Split data = input.load();
    Dataset train = data.train();
    NetworkParts parts = new NetworkParts(input.request().problem().network());
    return memory(
        designer.design(parts, train, parts.loss(train)), precision, input.request(), data);
  }

  private RunMemory memory(
      NetworkDesign design, Precision precision, RunRequest request, Split data) {
    NetworkSpec spec = design.spec();
    Shape input = design.input();
    try {
      return RunMemory.of(
          spec.memory(input, outputs(data.train()), precision),
          spec.dimension(input),
          precision,
          request,
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
