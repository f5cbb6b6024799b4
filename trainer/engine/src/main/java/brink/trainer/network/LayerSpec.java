package brink.trainer.network;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Pooling;
import java.util.List;

/** A layer before it is built: kind, sizes, and a name that is unique in its network. */
public sealed interface LayerSpec {
  /** Unique in the network. */
  String name();

  /**
   * Shape of the output.
   *
   * @throws LayerException if the layer does not fit to such an input; names both shapes
   */
  Shape output(Shape input);

  /** A layer with weights. */
  sealed interface Weighted extends LayerSpec {
    /** Rows of the weight matrix. */
    int weightRows();

    /** Columns of the weight matrix, which are the inputs of a unit (fan-in). */
    int weightColumns(Shape input);

    /** Whether the loss does not change with the scale of the weights, by construction. */
    boolean scaleInvariant();
  }

  /** A layer with a matrix of weights, followed by a normalization and an activation. */
  sealed interface Trained extends Weighted {
    /** Of the output or the weights. */
    Normalizer normalizer();

    /** After the normalization. */
    Activation activation();

    @Override
    default boolean scaleInvariant() {
      return normalizer().scaleInvariant();
    }

    /** The same with another normalization and activation. */
    Trained followedBy(Normalizer other, Activation next);
  }

  /**
   * A linear map of all features without bias; an image is taken as the vector of its features.
   *
   * @param units outputs, positive
   */
  record Dense(String name, int units, Normalizer normalizer, Activation activation)
      implements Trained {
    /** Refuses less than one unit. */
    public Dense {
      Checks.positive(name, "units", units);
    }

    @Override
    public Shape output(Shape input) {
      Shape output = Shape.vector(units);
      Checks.groups(name, normalizer, output);
      return output;
    }

    @Override
    public int weightRows() {
      return units;
    }

    @Override
    public int weightColumns(Shape input) {
      return input.features();
    }

    @Override
    public Dense followedBy(Normalizer other, Activation next) {
      return new Dense(name, units, other, next);
    }
  }

  /**
   * A convolution with square kernels without bias.
   *
   * @param filters channels of the output, positive
   * @param kernel height and width of the kernels, positive
   * @param stride step between positions, positive
   * @param padding rows and columns of zeros on each side, less than the kernel
   */
  record Convolution(
      String name,
      int filters,
      int kernel,
      int stride,
      int padding,
      Normalizer normalizer,
      Activation activation)
      implements Trained {
    /** Refuses sizes that are not positive. */
    public Convolution {
      Checks.positive(name, "filters", filters);
      Checks.positive(name, "kernel", kernel);
      Checks.positive(name, "stride", stride);
    }

    /** Keeps height and width: stride 1, and an odd kernel's padding of (kernel − 1)/2. */
    public static Convolution same(
        String name, int filters, int kernel, Normalizer normalizer, Activation activation) {
      return new Convolution(name, filters, kernel, 1, kernel / 2, normalizer, activation);
    }

    @Override
    public Shape output(Shape input) {
      brink.trainer.kernels.Convolution shape = over(input);
      Shape output = new Shape(shape.outputHeight(), shape.outputWidth(), filters);
      Checks.groups(name, normalizer, output);
      return output;
    }

    brink.trainer.kernels.Convolution over(Shape input) {
      return Checks.fitting(
          name,
          input,
          () ->
              new brink.trainer.kernels.Convolution(
                  input.height(),
                  input.width(),
                  input.channels(),
                  filters,
                  kernel,
                  stride,
                  padding));
    }

    @Override
    public int weightRows() {
      return filters;
    }

    @Override
    public int weightColumns(Shape input) {
      return over(input).patch();
    }

    @Override
    public Convolution followedBy(Normalizer other, Activation next) {
      return new Convolution(name, filters, kernel, stride, padding, other, next);
    }
  }

  /** A layer with one number for each channel, which nothing makes scale-invariant. */
  sealed interface Channelwise extends Weighted {
    @Override
    default Shape output(Shape input) {
      return input;
    }

    @Override
    default int weightRows() {
      return 1;
    }

    @Override
    default int weightColumns(Shape input) {
      return input.channels();
    }

    @Override
    default boolean scaleInvariant() {
      return false;
    }
  }

  /** Every channel times a number, as γ after a normalization. */
  record Scale(String name) implements Channelwise {}

  /** A number added to every channel: a bias, or β after a normalization. */
  record Shift(String name) implements Channelwise {}

  /**
   * A normalization of whatever comes in, with an activation after it.
   *
   * @param normalizer batch, layer or group normalization
   */
  record Normalize(String name, Normalizer normalizer, Activation activation) implements LayerSpec {
    /** Refuses a normalizer of weights, and none. */
    public Normalize {
      switch (normalizer) {
        case Normalizer.BatchNormalization _,
            Normalizer.LayerNormalization _,
            Normalizer.GroupNormalization _ -> {}
        case Normalizer.WeightNormalization _, Normalizer.NoNormalization _ ->
            throw new LayerException(
                name, normalizer.describe() + " cannot be applied to an input");
      }
    }

    @Override
    public Shape output(Shape input) {
      Checks.groups(name, normalizer, input);
      return input;
    }
  }

  /** What a pooling keeps of a window. */
  enum PoolKind {
    /** The largest entry. */
    MAX,
    /** The mean. */
    AVERAGE
  }

  /** A pooling, by channel. */
  sealed interface Pooled extends LayerSpec {
    /** Largest entry or mean. */
    PoolKind kind();

    /**
     * The windows.
     *
     * @throws LayerException if they do not fit
     */
    Pooling over(Shape input);

    @Override
    default Shape output(Shape input) {
      Pooling shape = over(input);
      return new Shape(shape.outputHeight(), shape.outputWidth(), shape.channels());
    }
  }

  /**
   * Pooling over square windows.
   *
   * @param window height and width, positive
   * @param stride step between windows, positive
   */
  record Pool(String name, PoolKind kind, int window, int stride) implements Pooled {
    /** Refuses sizes that are not positive. */
    public Pool {
      Checks.positive(name, "window", window);
      Checks.positive(name, "stride", stride);
    }

    @Override
    public Pooling over(Shape input) {
      return Checks.fitting(
          name,
          input,
          () ->
              new Pooling(input.height(), input.width(), input.channels(), window, window, stride));
    }
  }

  /** Pooling over the whole image. */
  record GlobalPool(String name, PoolKind kind) implements Pooled {
    @Override
    public Pooling over(Shape input) {
      return Pooling.global(input.height(), input.width(), input.channels());
    }
  }

  /** An activation alone. */
  record Activate(String name, Activation activation) implements LayerSpec {
    @Override
    public Shape output(Shape input) {
      return input;
    }
  }

  /**
   * The sum of two branches of the same output shape.
   *
   * @param body at least one layer
   * @param shortcut empty is the identity
   */
  record Residual(String name, List<LayerSpec> body, List<LayerSpec> shortcut)
      implements LayerSpec {
    /** Copies, and refuses an empty body. */
    public Residual {
      body = List.copyOf(body);
      shortcut = List.copyOf(shortcut);
      if (body.isEmpty()) {
        throw new LayerException(name, "the body of a residual layer needs a layer");
      }
    }

    @Override
    public Shape output(Shape input) {
      Shape ofBody = Checks.through(body, input);
      Shape ofShortcut = Checks.through(shortcut, input);
      if (!ofBody.equals(ofShortcut)) {
        throw new LayerException(
            name,
            "body gives %s, shortcut %s, and they cannot be added".formatted(ofBody, ofShortcut));
      }
      return ofBody;
    }
  }

  /**
   * A shortcut without weights: every stride-th pixel, with channels of zeros added (He, Zhang,
   * Ren, Sun, arXiv 1512.03385, option A).
   *
   * @param stride step between pixels, positive
   * @param channels of the output, at least those of the input
   */
  record Subsample(String name, int stride, int channels) implements LayerSpec {
    /** Refuses sizes that are not positive. */
    public Subsample {
      Checks.positive(name, "stride", stride);
      Checks.positive(name, "channels", channels);
    }

    @Override
    public Shape output(Shape input) {
      if (channels < input.channels()) {
        throw new LayerException(
            name,
            "its %d channels are less than those of its input of %s".formatted(channels, input));
      }
      brink.trainer.kernels.Convolution shape = over(input);
      return new Shape(shape.outputHeight(), shape.outputWidth(), channels);
    }

    brink.trainer.kernels.Convolution over(Shape input) {
      return new brink.trainer.kernels.Convolution(
          input.height(), input.width(), input.channels(), channels, 1, stride, 0);
    }
  }
}
