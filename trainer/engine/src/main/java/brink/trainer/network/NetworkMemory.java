package brink.trainer.network;

import brink.trainer.kernels.Precision;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Memory of a {@link NetworkLandscape} and its data. In numbers, for n training and n_test test
 * examples of d features and k targets, D weights, and layers with m outputs of an example:
 *
 * <ul>
 *   <li>a trained layer 6·n·m (3·n·m without normalization and activation), a normalization alone
 *       6·n·m, and 3 for each set of entries that is normalized together; weight normalization 3
 *       for each weight and 1 for each unit;
 *   <li>a scale 3·n·m, a shift 3·n·m and 1 for each position; a layer that is fixed 3·n·m and its
 *       weights;
 *   <li>an activation 3·n·m, a max pooling 4·n·m, an average pooling or a subsampling 3·n·m, a
 *       residual layer 2·n·m beside its branches;
 *   <li>a dense first layer of m units 2·n·m + 2·m·d more if it has 512 inputs or more and no
 *       weight normalization: products that two vectors share;
 *   <li>scratch 2·n·max(m, k), and 3·n·max(m, k) more for every level of residual layers;
 *   <li>the frozen last layer of a {@link NetworkSpec} 3·n·k and its weights; the loss 2·n·k;
 *       weights and gradient 2·D; the data n·(d + k) + n_test·(d + 4·k).
 * </ul>
 *
 * <p>A device with memory of its own, which records passes, keeps 2·D more for a Hessian-vector
 * product, and 4·D more where two vectors share products.
 *
 * @param fixed bytes that do not depend on the number of examples
 * @param perExample bytes of a training example
 * @param perTestExample bytes of a test example
 * @param copies bytes of copies of vectors that a device with memory of its own takes beside that
 */
public record NetworkMemory(long fixed, long perExample, long perTestExample, long copies) {
  /** What a recorded product keeps of a vector: itself and its image. */
  private static final long COPIES = 2;

  static NetworkMemory of(NetworkSpec spec, Shape input, int outputs, Precision precision) {
    long features = Checks.through(spec.layers(), input).features();
    NetworkMemory layers = of(spec.layers(), Set.of(), input, outputs, precision);
    return new NetworkMemory(
        layers.fixed + precision.bytes() * features * outputs,
        layers.perExample + precision.bytes() * 3L * outputs,
        layers.perTestExample,
        layers.copies);
  }

  /** Of a network that ends with its layers. */
  static NetworkMemory of(
      List<LayerSpec> layers, Set<String> fixed, Shape input, int outputs, Precision precision) {
    NetworkSize size = NetworkSize.of(layers, input, outputs);
    LayerMemory numbers = LayerMemory.of(layers, fixed, input);
    long dimension = WeightLayout.of(layers, input, fixed).getLast().block().end();
    LayerMemory shared = DataMap.memory(layers.getFirst(), fixed, input);
    long data = (long) input.features() + outputs;
    long scratch = (long) size.slots() * size.widest();
    long vectors = 1L + (DataMap.serves(layers.getFirst(), fixed, input) ? DataMap.AT_ONCE : 0);
    return new NetworkMemory(
        precision.bytes() * (numbers.fixed() + shared.fixed() + 2 * dimension),
        precision.bytes()
            * (numbers.perExample() + shared.perExample() + scratch + data + 2L * outputs),
        precision.bytes() * (data + 3L * outputs),
        COPIES * vectors * dimension * precision.bytes());
  }

  /** The same with so many more bytes that do not depend on the number of examples. */
  public NetworkMemory plus(long bytes) {
    return new NetworkMemory(fixed + bytes, perExample, perTestExample, copies);
  }

  /** The same with so many more bytes on a device with memory of its own. */
  public NetworkMemory plusCopies(long bytes) {
    return new NetworkMemory(fixed, perExample, perTestExample, copies + bytes);
  }

  /** The same on a device with memory of its own. */
  public NetworkMemory onDevice() {
    return new NetworkMemory(fixed + copies, perExample, perTestExample, 0);
  }

  /** Bytes for n training and n_test test examples. */
  public long bytes(long examples, long testExamples) {
    return fixed + perExample * examples + perTestExample * testExamples;
  }

  /** How many training examples fit into so many bytes. */
  public long most(long testExamples, long available) {
    return Math.max(0, (available - bytes(0, testExamples)) / perExample);
  }

  /**
   * How many training examples fit if what belongs to them lies in the machine's memory.
   *
   * @param device bytes for all else, test examples included
   * @param machine bytes for the training examples
   */
  public long mostSpilled(long testExamples, long device, long machine) {
    return bytes(0, testExamples) > device ? 0 : Math.max(0, machine / perExample);
  }

  /**
   * Refuses what does not fit.
   *
   * @param available bytes of the machine
   * @throws IllegalArgumentException saying what is needed and how many examples would fit
   */
  public void requireFits(long examples, long testExamples, long available) {
    long needed = bytes(examples, testExamples);
    if (needed <= available) {
      return;
    }
    long largest = most(testExamples, available);
    String what = largest == 0 ? "the network alone" : "%,d training examples".formatted(examples);
    String fit = largest == 0 ? "" : ": at most %,d fit".formatted(largest);
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s would take %.1f GiB, and the machine has %.1f GiB%s",
            what,
            gibibytes(largest == 0 ? fixed : needed),
            gibibytes(available),
            fit));
  }

  private static double gibibytes(long bytes) {
    return bytes / (double) (1L << 30);
  }
}
