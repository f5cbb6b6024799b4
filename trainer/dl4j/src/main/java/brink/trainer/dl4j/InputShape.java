package brink.trainer.dl4j;

import brink.trainer.data.Dataset;
import brink.trainer.data.ImageShape;
import brink.trainer.listener.network.NamedLayer;
import brink.trainer.network.Shape;
import java.util.List;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;

/**
 * What a network takes an example for.
 *
 * @param flattened whether DL4J gets an image as a vector, channel by channel
 */
record InputShape(Shape shape, boolean flattened) {
  /**
   * The shape of an example of some data in a network.
   *
   * @throws NoCounterpartException if the network makes another image of it than the data
   */
  static InputShape of(Dl4jNetwork network, List<Stage> stages, Dataset data)
      throws NoCounterpartException {
    ImageShape image = data.image();
    if (!network.takesImages()
        && stages.getFirst()
            instanceof Stage.Single(NamedLayer layer, FeedForwardToCnnPreProcessor before)) {
      Shape made = of(before);
      if (image == null ? made.channels() > 1 : !made.equals(Shape.of(image))) {
        throw NoCounterpartException.of(
            layer,
            "takes images of %s, and %s has %s"
                .formatted(made, data.name(), image == null ? "none" : image));
      }
      return new InputShape(made, false);
    }
    return image == null
        ? new InputShape(Shape.vector(data.dimension()), false)
        : new InputShape(Shape.of(image), !network.takesImages());
  }

  /** The images that DL4J makes of vectors. */
  static Shape of(FeedForwardToCnnPreProcessor image) {
    return new Shape(
        Math.toIntExact(image.getInputHeight()),
        Math.toIntExact(image.getInputWidth()),
        Math.toIntExact(image.getNumChannels()));
  }
}
