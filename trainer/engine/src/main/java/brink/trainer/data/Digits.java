package brink.trainer.data;

import brink.trainer.random.RandomStream;
import java.util.List;
import java.util.Random;

/**
 * Drawn digits: strokes under a random smooth deformation, with a pen of random width, grey or
 * coloured, and normal noise on every pixel. A real image problem that needs no download: it can be
 * learned, and what is learned from few examples does not carry over to all others. Fewer examples
 * are the beginning of more, and the same seed gives the same bytes on every machine.
 */
final class Digits extends DataSource {
  private static final String NAME = "synthetic:digits";
  static final List<String> PARAMETERS =
      List.of("n", "test", "size", "classes", "noise", "channels");

  /** Below this the strokes of an 8 run into each other. */
  private static final int SMALLEST = 8;

  /** A million pixels. */
  private static final int LARGEST = 1000;

  /** Width of the pen: this ± the spread, in units of the image. */
  private static final double PEN = 0.075;

  private static final double PEN_SPREAD = 0.025;

  /** Paper is at most this bright, ink at least as bright as INK. */
  private static final double PAPER = 0.2;

  private static final double INK = 0.6;

  private final int train;
  private final int test;
  private final int classes;
  private final double noise;
  private final ImageShape shape;

  private Digits(SourceParameters parameters) {
    train = parameters.integer("n", 1000, 2);
    test = parameters.integer("test", train / 5, 0);
    classes = parameters.integer("classes", DigitStrokes.COUNT, 2);
    noise = parameters.number("noise", 0.15, 0, 1);
    int size = parameters.integer("size", 28, SMALLEST, LARGEST);
    int channels = parameters.integer("channels", 1, 1);
    if (classes > DigitStrokes.COUNT) {
      throw new DataException(
          "%s: there are %d digits, found classes=%d".formatted(NAME, DigitStrokes.COUNT, classes));
    }
    if (channels != 1 && channels != 3) {
      throw new DataException(
          "%s: parameter 'channels' must be 1 or 3, found %d".formatted(NAME, channels));
    }
    shape = new ImageShape(size, size, channels);
  }

  static Digits of(String argument) {
    return new Digits(new SourceParameters("synthetic:", argument, PARAMETERS));
  }

  @Override
  protected Split read(DataOptions options) {
    int trainSize = options.trainSizeOf(train, NAME);
    int testSize = options.testSizeOf(test, NAME);
    return new Split(
            draw(trainSize, RandomStream.of("digits", options.seed())),
            testSize == 0
                ? null
                : draw(testSize, RandomStream.of("digits for testing", options.seed())))
        .with(Provenance.of(new SplitRule.Drawn(options.seed())).withImages("", 255));
  }

  private Dataset draw(int count, Random random) {
    byte[][] pixels = new byte[count][];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % classes;
      pixels[i] = image(labels[i], random);
    }
    return new Dataset(NAME, new ByteFeatures(pixels, shape), new Targets.Classes(labels, classes));
  }

  private byte[] image(int digit, Random random) {
    Deformation deformation = new Deformation(random);
    double pen = PEN + PEN_SPREAD * (2 * random.nextDouble() - 1);
    Canvas canvas = new Canvas(shape.width(), pen);
    DigitStrokes.of(digit).stream().map(deformation::apply).forEach(canvas::stroke);
    double[] paper = colour(0, PAPER, random);
    double[] ink = colour(INK, 1, random);
    byte[] image = new byte[shape.length()];
    for (int j = 0; j < image.length; j++) {
      int channel = j % shape.channels();
      double inked = canvas.ink(j / shape.channels());
      double value = paper[channel] + inked * (ink[channel] - paper[channel]);
      value += noise * random.nextGaussian();
      image[j] = (byte) Math.round(255 * Math.clamp(value, 0, 1));
    }
    return image;
  }

  private double[] colour(double darkest, double brightest, Random random) {
    double[] colour = new double[shape.channels()];
    for (int channel = 0; channel < colour.length; channel++) {
      colour[channel] = darkest + (brightest - darkest) * random.nextDouble();
    }
    return colour;
  }
}
