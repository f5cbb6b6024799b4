package brink.trainer.network;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Loss;
import brink.trainer.network.LayerSpec.Activate;
import brink.trainer.network.LayerSpec.Convolution;
import brink.trainer.network.LayerSpec.GlobalPool;
import brink.trainer.network.LayerSpec.Pool;
import brink.trainer.network.LayerSpec.PoolKind;
import brink.trainer.network.LayerSpec.Residual;
import brink.trainer.network.LayerSpec.Subsample;
import java.util.ArrayList;
import java.util.List;

/**
 * Networks of the literature for images, with a normalization after every convolution and a frozen
 * last layer, so that nothing but scale-invariant weights is trained.
 *
 * @param width multiplies the number of all channels
 * @param normalizer of every convolution
 * @param activation the papers' is {@link Activation#RELU}
 * @param loss of the logits
 */
public record Architectures(double width, Normalizer normalizer, Activation activation, Loss loss) {
  private static final int KERNEL = 3;

  /** Channels of configuration A of table 1; 0 is a max pooling. */
  private static final int[] VGG11 = {64, 0, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0};

  /** Channels of the stages of section 4.2. */
  private static final int[] RESNET_STAGES = {16, 32, 64};

  /** ResNet-20 is 6·3 + 2 layers. */
  private static final int BLOCKS_OF_STAGE = 3;

  /** More channels than this many times the papers' would not be countable weights. */
  private static final double WIDEST = 10;

  /** Refuses widths that are not positive, or too large. */
  public Architectures {
    if (!(width > 0 && width <= WIDEST)) {
      throw new IllegalArgumentException(
          "width must be above 0 and at most %s, not %s".formatted(WIDEST, width));
    }
  }

  /**
   * The convolutions of VGG-11 (Simonyan, Zisserman, arXiv 1409.1556, configuration A). Its hidden
   * dense layers are left out, as is usual for small images; poolings are left out where an image
   * has become too small for them.
   *
   * @param input shape of the images
   */
  public NetworkSpec vgg11(Shape input) {
    List<LayerSpec> layers = new ArrayList<>();
    int size = Math.min(input.height(), input.width());
    int number = 0;
    for (int channels : VGG11) {
      if (channels > 0) {
        number++;
        layers.add(convolution("conv" + number, channels, 1, activation));
      } else if (size >= 2) {
        layers.add(new Pool("pool" + number, PoolKind.MAX, 2, 2));
        size /= 2;
      }
    }
    return new NetworkSpec(layers, loss, NetworkSpec.DEFAULT_LOGIT_SCALE);
  }

  /**
   * ResNet-20 for CIFAR (He, Zhang, Ren, Sun, arXiv 1512.03385, section 4.2), with its shortcuts
   * without weights (option A).
   */
  public NetworkSpec resnet20() {
    List<LayerSpec> layers = new ArrayList<>();
    layers.add(convolution("conv1", RESNET_STAGES[0], 1, activation));
    int channels = RESNET_STAGES[0];
    for (int stage = 0; stage < RESNET_STAGES.length; stage++) {
      for (int block = 0; block < BLOCKS_OF_STAGE; block++) {
        String name = "block" + (stage + 1) + "." + (block + 1);
        layers.add(block(name, channels, RESNET_STAGES[stage]));
        layers.add(new Activate(name + ".activation", activation));
        channels = RESNET_STAGES[stage];
      }
    }
    layers.add(new GlobalPool("pool", PoolKind.AVERAGE));
    return new NetworkSpec(layers, loss, NetworkSpec.DEFAULT_LOGIT_SCALE);
  }

  /** Where the number of channels grows, height and width are halved. */
  private LayerSpec block(String name, int inputs, int channels) {
    boolean narrows = channels > inputs;
    int stride = narrows ? 2 : 1;
    return new Residual(
        name,
        List.of(
            convolution(name + ".conv1", channels, stride, activation),
            convolution(name + ".conv2", channels, 1, Activation.IDENTITY)),
        narrows ? List.of(new Subsample(name + ".shortcut", stride, scaled(channels))) : List.of());
  }

  private Convolution convolution(String name, int channels, int stride, Activation after) {
    return new Convolution(name, scaled(channels), KERNEL, stride, KERNEL / 2, normalizer, after);
  }

  private int scaled(int channels) {
    return Math.toIntExact(Math.max(1, Math.round(width * channels)));
  }
}
