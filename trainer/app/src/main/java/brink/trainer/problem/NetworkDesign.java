package brink.trainer.problem;

import brink.trainer.data.Dataset;
import brink.trainer.data.ImageShape;
import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Loss;
import brink.trainer.network.Architectures;
import brink.trainer.network.LayerException;
import brink.trainer.network.Mlp;
import brink.trainer.network.NetworkSpec;
import brink.trainer.network.Shape;
import brink.trainer.network.file.NetworkFile;
import brink.trainer.request.NormalizationName;
import brink.trainer.request.OptionException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A network and the shape of the examples that it takes.
 *
 * @param spec the network, whose layers fit the shape
 * @param input shape of an example
 */
record NetworkDesign(NetworkSpec spec, Shape input) {
  private static final List<Integer> HIDDEN = List.of(16, 16);

  /** Small enough for a processor; 1 is the paper's. */
  static final double VGG11_WIDTH = 1.0 / 8;

  /** ResNet-20 begins with 16 channels only. */
  static final double RESNET20_WIDTH = 1.0 / 4;

  /** The hidden layers of a perceptron unless told otherwise, as {@code --hidden} takes them. */
  static String hiddenText() {
    return HIDDEN.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** A multilayer perceptron; images are vectors to it. */
  static NetworkDesign mlp(
      NetworkParts parts, NormalizationName normalization, Dataset train, Loss loss) {
    try {
      Mlp mlp =
          new Mlp(
              Objects.requireNonNullElse(parts.choice().hidden(), HIDDEN),
              parts.normalizer(normalization),
              parts.activation(Activation.TANH),
              loss,
              NetworkSpec.DEFAULT_LOGIT_SCALE);
      return checked(new NetworkDesign(mlp.spec(), Shape.vector(train.dimension())));
    } catch (LayerException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new OptionException("--hidden: " + e.getMessage());
    }
  }

  /** VGG-11. */
  static NetworkDesign vgg11(NetworkParts parts, Dataset train, Loss loss) {
    Shape image = image(train);
    return checked(new NetworkDesign(architectures(parts, VGG11_WIDTH, loss).vgg11(image), image));
  }

  /** ResNet-20. */
  static NetworkDesign resnet20(NetworkParts parts, Dataset train, Loss loss) {
    return checked(
        new NetworkDesign(architectures(parts, RESNET20_WIDTH, loss).resnet20(), image(train)));
  }

  private static Architectures architectures(NetworkParts parts, double width, Loss loss) {
    try {
      return new Architectures(
          Objects.requireNonNullElse(parts.choice().width(), width),
          parts.normalizer(NormalizationName.BATCH),
          parts.activation(Activation.RELU),
          loss);
    } catch (IllegalArgumentException e) {
      throw new OptionException("--width: " + e.getMessage());
    }
  }

  /** A network of the user's. */
  static NetworkDesign file(NetworkFile file, Dataset train) {
    ImageShape image = train.image();
    Shape input =
        file.spec().needsImages() || image != null ? image(train) : Shape.vector(train.dimension());
    try {
      return checked(new NetworkDesign(file.spec(), input));
    } catch (LayerException e) {
      throw new OptionException("--problem network: " + file.located(e).getMessage());
    }
  }

  private static NetworkDesign checked(NetworkDesign design) {
    design.spec.output(design.input);
    return design;
  }

  private static Shape image(Dataset train) {
    ImageShape image = train.image();
    if (image == null) {
      throw new OptionException(
          "--data: %s: its %d features are not images, which this network needs; use cifar10:DIR, mnist:DIR, synthetic:digits or npy:X,Y with images"
              .formatted(train.name(), train.dimension()));
    }
    return Shape.of(image);
  }
}
