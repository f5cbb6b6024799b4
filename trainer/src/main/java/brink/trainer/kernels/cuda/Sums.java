package brink.trainer.kernels.cuda;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.MemorySegment;

/**
 * Sums over all entries, or over the rows of each column, in double precision and a fixed order.
 */
final class Sums {
  private final Device device;
  private final Launcher launcher;
  private final Scratch scratch;
  private final MemorySegment staging;

  Sums(Device device, Launcher launcher, Scratch scratch) {
    this.device = device;
    this.launcher = launcher;
    this.scratch = scratch;
    staging =
        MemorySegment.ofAddress(device.allocatePinned(Double.BYTES)).reinterpret(Double.BYTES);
  }

  CudaScalar allocate() {
    return new CudaScalar(this, device.allocate(Double.BYTES));
  }

  /**
   * result ← the factor times what a kernel adds up.
   *
   * @param entries that the kernel's threads share
   * @param arguments of the kernel, which takes the address of its partial sums behind them
   */
  void total(String kernel, long entries, double factor, CudaScalar result, Object... arguments) {
    Grid grid = Grid.sums(entries);
    long partial = scratch.doubles(Scratch.Use.PARTIAL_SUMS, grid.x());
    launcher.launch(kernel, grid, with(arguments, partial));
    launcher.launchPlain("sum", Grid.sum(grid.x()), grid.x(), partial, factor, result.address());
  }

  /** The number at an address; waits for it. */
  double read(long address) {
    device
        .driver()
        .call(
            "cuMemcpyDtoHAsync_v2",
            staging.address(),
            address,
            (long) Double.BYTES,
            device.stream());
    device.synchronize();
    return staging.get(JAVA_DOUBLE, 0);
  }

  /**
   * Address of kinds×columns doubles: for each column the sum over rows of each kind, divided by a
   * number. They last until the next call.
   *
   * @param arguments of the kernel behind the size of the matrix, and before its partial sums
   */
  long means(String kernel, int kinds, int rows, int columns, double divisor, Object... arguments) {
    Grid grid = Grid.columns(rows, columns);
    int numbers = kinds * columns;
    long partial = scratch.doubles(Scratch.Use.PARTIAL_SUMS, (long) grid.y() * numbers);
    long means = scratch.doubles(Scratch.Use.MEANS, numbers);
    Object[] all = new Object[arguments.length + 3];
    all[0] = (long) rows;
    all[1] = columns;
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    all[all.length - 1] = partial;
    launcher.launch(kernel, grid, all);
    launcher.launchPlain(
        "means", Grid.chunks(grid.y(), numbers), grid.y(), numbers, partial, divisor, means);
    return means;
  }

  private static Object[] with(Object[] arguments, Object last) {
    Object[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = last;
    return all;
  }
}
