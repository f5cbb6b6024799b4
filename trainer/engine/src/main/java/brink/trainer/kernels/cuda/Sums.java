package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Tensor;

/**
 * Sums over all entries, or over the rows of each column, in double precision and a fixed order.
 */
final class Sums {
  private final Device device;
  private final Launcher launcher;
  private final DeviceScratch scratch;
  private ScalarPage page;

  Sums(Device device, Launcher launcher, DeviceScratch scratch) {
    this.device = device;
    this.launcher = launcher;
    this.scratch = scratch;
    page = new ScalarPage(device);
  }

  CudaScalar allocate() {
    if (page.isFull()) {
      page = new ScalarPage(device);
    }
    return page.next();
  }

  /**
   * result ← the factor times what a kernel adds up.
   *
   * @param entries that the kernel's threads share
   * @param result address of a double
   * @param arguments of the kernel, which takes the address of its partial sums behind them
   */
  void total(String kernel, long entries, double factor, long result, Object... arguments) {
    Grid grid = Grid.sums(entries);
    long partial = scratch.doubles(DeviceScratch.Use.PARTIAL_SUMS, grid.x());
    launcher.launch(kernel, grid, with(arguments, partial));
    launcher.launchPlain("sum", Grid.sum(grid.x()), grid.x(), partial, factor, result);
  }

  /** Room for the results of some parts, each a {@link #part}; lasts until the next call. */
  long parts(int count) {
    return scratch.doubles(DeviceScratch.Use.PARTS, count);
  }

  /** Address of the result of a part. */
  static long part(long parts, int index) {
    return parts + (long) index * Double.BYTES;
  }

  /** result ← the sum of some parts. */
  void sumOfParts(int count, long parts, long result) {
    launcher.launchPlain("sum", Grid.sum(count), count, parts, 1.0, result);
  }

  /**
   * Address of kinds×columns doubles: for each column the sum over rows of each kind, divided by a
   * number. They last until the next call.
   */
  long means(ColumnSums of, int rows, int columns, double divisor) {
    long means = scratch.doubles(DeviceScratch.Use.MEANS, of.numbers(columns));
    means(of, rows, columns, divisor, means);
    return means;
  }

  /** Writes kinds×columns doubles to an address. */
  void means(ColumnSums of, int rows, int columns, double divisor, long means) {
    Grid grid = Grid.columns(rows, columns);
    int numbers = of.numbers(columns);
    long partial = scratch.doubles(DeviceScratch.Use.PARTIAL_SUMS, (long) grid.y() * numbers);
    launcher.launch(of.kernel(), grid, of.arguments(rows, columns, partial));
    divide(grid.y(), numbers, partial, divisor, means);
  }

  /** As the means of whole matrices, from the sums of their parts one behind the other. */
  long meansOfParts(int count, int numbers, long parts, double divisor) {
    long means = scratch.doubles(DeviceScratch.Use.MEANS, numbers);
    divide(count, numbers, parts, divisor, means);
    return means;
  }

  /** numbers ← totals + beta·numbers. */
  void add(long totals, double beta, Tensor numbers) {
    int count = Math.toIntExact(numbers.length());
    launcher.launch("column_dots_sum", Grid.each(count), count, totals, beta, numbers);
  }

  private void divide(int chunks, int numbers, long sums, double divisor, long means) {
    launcher.launchPlain(
        "means", Grid.chunks(chunks, numbers), chunks, numbers, sums, divisor, means);
  }

  private static Object[] with(Object[] arguments, Object last) {
    Object[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = last;
    return all;
  }
}
