package brink.trainer.kernels.cuda;

import static brink.trainer.kernels.cuda.Operand.read;

import brink.trainer.kernels.Tensor;
import java.util.List;
import java.util.function.Function;

/**
 * Sums over slices: each slice's in the memory of the device, then theirs, in double precision and
 * a fixed order.
 */
final class SlicedSums {
  private final Slices slices;
  private final Sums sums;
  private final CudaScalar number;

  SlicedSums(Slices slices, Sums sums) {
    this.slices = slices;
    this.sums = sums;
    number = sums.allocate();
  }

  /** A slice's share of a sum. */
  @FunctionalInterface
  interface Share {
    void queue(Tensor[] operands, long result);
  }

  /**
   * The sum of all shares.
   *
   * @param result address of a double
   */
  void total(long examples, List<Operand> operands, long result, Share share) {
    slices.run(
        examples,
        operands,
        (t, slice) -> {
          long parts = sums.parts(slice.of());
          share.queue(t, Sums.part(parts, slice.index()));
          if (slice.isLast()) {
            sums.sumOfParts(slice.of(), parts, result);
          }
        });
  }

  double dot(Tensor x, Tensor y) {
    dot(x, y, number);
    return number.get();
  }

  void dot(Tensor x, Tensor y, CudaScalar result) {
    total(
        x.length(),
        List.of(read(x, 1), read(y, 1)),
        result.overwritten(),
        (t, part) -> sums.total("dot", t[0].length(), 1, part, t[0].length(), t[0], t[1]));
  }

  /** Reads the number that a total was written to. */
  double total(long examples, List<Operand> operands, Share share) {
    total(examples, operands, number.overwritten(), share);
    return number.get();
  }

  /**
   * As {@link Sums#means(ColumnSums, int, int, double)}, over all slices.
   *
   * @param of the sums of a slice, from its operands
   */
  long means(
      int rows,
      int columns,
      double divisor,
      List<Operand> operands,
      Function<Tensor[], ColumnSums> of) {
    long[] means = new long[1];
    slices.run(
        rows,
        operands,
        (t, slice) -> {
          ColumnSums part = of.apply(t);
          int numbers = part.numbers(columns);
          long parts = sums.parts(slice.of() * numbers);
          long at = Sums.part(parts, slice.index() * numbers);
          sums.means(part, t[0].rows(), columns, 1, at);
          if (slice.isLast()) {
            means[0] = sums.meansOfParts(slice.of(), numbers, parts, divisor);
          }
        });
    return means[0];
  }

  void columnDots(Tensor x, Tensor y, double beta, Tensor dots) {
    int columns = x.columns();
    long totals =
        means(
            x.rows(),
            columns,
            1,
            List.of(read(x, columns), read(y, columns)),
            t -> new ColumnSums("column_dots", 1, t[0], t[1]));
    slices.run(1, List.of(Operand.target(beta, dots, 0)), (t, _) -> sums.add(totals, beta, t[0]));
  }
}
