package brink.trainer.data;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the axes of an array of features are meant. */
enum ArrayLayout {
  /** n×height×width×channels. */
  NHWC("n×height×width×channels"),
  /** n×channels×height×width, as PyTorch has it. */
  NCHW("n×channels×height×width"),
  /** n×height×width: grey images. */
  NHW("n×height×width"),
  /** n×anything: no images. */
  VECTORS("");

  /** What the parameter {@code layout} may be. */
  static final List<String> WORDS = List.of("nchw", "nhwc", "vectors");

  /** Grey; red, green and blue; the same with opacity. */
  private static final Set<Integer> CHANNELS = Set.of(1, 3, 4);

  private final String axes;

  ArrayLayout(String axes) {
    this.axes = axes;
  }

  /**
   * The layout that is asked for, or that can be told from the shape.
   *
   * @param asked null to tell it
   * @throws DataException if it does not fit, or cannot be told
   */
  static ArrayLayout of(NpyArray array, @Nullable String asked) {
    int axes = array.shape().size();
    if ("vectors".equals(asked)) {
      return VECTORS;
    }
    if (asked != null && axes != 4) {
      throw new DataException(
          "%s: layout=%s is one of four axes, found shape %s"
              .formatted(array.name(), asked, NpyArray.words(array.shape())));
    }
    if (asked != null) {
      return asked.equals("nchw") ? NCHW : NHWC;
    }
    return switch (axes) {
      // With a side of 1 these are vectors that were given one axis more.
      case 3 -> array.shape().get(1) > 1 && array.shape().get(2) > 1 ? NHW : VECTORS;
      case 4 -> told(array);
      default -> VECTORS;
    };
  }

  private static ArrayLayout told(NpyArray array) {
    boolean first = CHANNELS.contains(array.shape().get(1));
    boolean last = CHANNELS.contains(array.shape().get(3));
    if (first == last) {
      throw new DataException(
          "%s: shape %s may have its channels first or last; say layout=nchw or layout=nhwc (layout=vectors if these are not images)"
              .formatted(array.name(), NpyArray.words(array.shape())));
    }
    return first ? NCHW : NHWC;
  }

  /** The order of the axes, for people; empty of vectors. */
  String axes() {
    return axes;
  }

  /** The features of an array, channels last if they are images. */
  Features features(NpyArray array) {
    List<Integer> shape = array.shape();
    return switch (this) {
      case VECTORS -> new DenseFeatures(array.rows(), array.columns(), array.values());
      case NHW -> images(array, new ImageShape(shape.get(1), shape.get(2), 1));
      case NHWC -> images(array, new ImageShape(shape.get(1), shape.get(2), shape.get(3)));
      case NCHW -> planes(array, new ImageShape(shape.get(2), shape.get(3), shape.get(1)));
    };
  }

  private static Features images(NpyArray array, ImageShape image) {
    return new DenseFeatures(array.rows(), array.columns(), array.values(), image);
  }

  private static Features planes(NpyArray array, ImageShape image) {
    double[] values = new double[array.values().length];
    int pixels = image.height() * image.width();
    for (int i = 0; i < values.length; i++) {
      int pixel = i % pixels;
      int channel = i / pixels % image.channels();
      int start = i - i % array.columns();
      values[start + pixel * image.channels() + channel] = array.values()[i];
    }
    return new DenseFeatures(array.rows(), array.columns(), values, image);
  }
}
