package brink.trainer.network;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.WeightBlock;
import java.util.Set;

/**
 * The dense map of a network's first layer, whose input is the data X in every pass. So
 * Hessian-vector products of several vectors V_j share its products: all X·V̇_jᵀ are one matrix
 * product, computed before the passes of the single vectors, and all adjoints δ̇_jᵀ·X are another
 * one after them. Read for a few units only, X takes a good part of a product's time.
 *
 * <p>Order of calls: {@link #begin}; for every vector {@link #select} and its two passes; {@link
 * #selectNone}; {@link #end}. Keeps {@link #AT_ONCE}·(n·m + m·d) numbers for m units of d inputs.
 */
final class DataMap implements LinearMap {
  /** Vectors that share a product: as many as the eigensolver follows by default. */
  static final int AT_ONCE = 2;

  /**
   * With fewer inputs the columns that are copied cost what the shared product saves; with so many
   * a product is cheaper by 3 to 10 % (docs/decisions/kernels-and-network.md).
   */
  static final int LEAST_INPUTS = 512;

  private static final int NONE = -1;

  private final Kernels kernels;
  private final DenseMap map;
  private final WeightBlock block;
  private final Tensor weights;
  private final Tensor products;
  private int selected = NONE;

  /**
   * @param block place of the weights in the flat weights
   * @param examples n
   */
  DataMap(Kernels kernels, DenseMap map, WeightBlock block, int examples) {
    this.kernels = kernels;
    this.map = map;
    this.block = block;
    weights = kernels.allocate(AT_ONCE * map.outputs(), map.inputs());
    products = kernels.allocate(examples, AT_ONCE * map.outputs());
  }

  /**
   * Whether a first layer's products are shared: if it is dense, has {@link #LEAST_INPUTS} and its
   * weights are trained as they are.
   *
   * @param fixed names of the layers whose weights are not trained
   */
  static boolean serves(LayerSpec first, Set<String> fixed, Shape input) {
    return first instanceof LayerSpec.Dense dense
        && input.features() >= LEAST_INPUTS
        && !fixed.contains(dense.name())
        && !(dense.normalizer() instanceof Normalizer.WeightNormalization);
  }

  /** What is kept for a network's first layer. */
  static LayerMemory memory(LayerSpec first, Set<String> fixed, Shape input) {
    if (!serves(first, fixed, input)) {
      return new LayerMemory(0, 0);
    }
    long units = first.output(input).features();
    return new LayerMemory(AT_ONCE * units * input.features(), AT_ONCE * units);
  }

  /** Whether this is the map of a layer. */
  boolean isOf(String layer) {
    return block.name().equals(layer);
  }

  /**
   * Computes the products of several tangents of the weights with the data.
   *
   * @param vectors {@link #AT_ONCE} rows of flat tangents
   */
  void begin(Tensor data, Tensor vectors) {
    for (int j = 0; j < AT_ONCE; j++) {
      kernels.copy(block.in(vectors.row(j)), ofVector(j));
    }
    kernels.gemm(false, true, 1, data, weights, 0, products);
  }

  /** The passes that follow are those of vector j. */
  void select(int j) {
    selected = j;
  }

  /** The passes that follow are by themselves. */
  void selectNone() {
    selected = NONE;
  }

  /**
   * Computes the tangents of ∂L/∂w of all selected passes.
   *
   * @param results {@link #AT_ONCE} rows of flat tangents, of which the layer's part is overwritten
   */
  void end(Tensor data, Tensor results) {
    kernels.gemm(true, false, 1, products, data, 0, weights);
    for (int j = 0; j < AT_ONCE; j++) {
      kernels.copy(ofVector(j), block.in(results.row(j)));
    }
  }

  private Tensor ofVector(int j) {
    return weights.rows(j * map.outputs(), map.outputs());
  }

  @Override
  public int inputs() {
    return map.inputs();
  }

  @Override
  public int outputs() {
    return map.outputs();
  }

  @Override
  public int weightRows() {
    return map.weightRows();
  }

  @Override
  public int weightColumns() {
    return map.weightColumns();
  }

  @Override
  public void product(Tensor w, Tensor input, Tensor output, boolean add) {
    if (selected == NONE) {
      map.product(w, input, output, add);
    } else {
      kernels.copyColumns(products, selected * outputs(), output, 0, outputs());
    }
  }

  /** In the passes of a selected vector, leaves the target to {@link #end}. */
  @Override
  public void weightAdjoint(Tensor input, Tensor outputAdjoint, Tensor weightAdjoint, boolean add) {
    if (selected == NONE) {
      map.weightAdjoint(input, outputAdjoint, weightAdjoint, add);
    } else {
      kernels.copyColumns(outputAdjoint, 0, products, selected * outputs(), outputs());
    }
  }

  @Override
  public void inputAdjoint(Tensor w, Tensor outputAdjoint, Tensor inputAdjoint, boolean add) {
    throw new IllegalStateException("the data have no adjoint");
  }
}
