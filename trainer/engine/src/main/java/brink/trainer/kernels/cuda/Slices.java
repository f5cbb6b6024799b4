package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Precision;
import brink.trainer.kernels.Tensor;
import java.util.List;
import java.util.function.Consumer;

/**
 * Does operations slice by slice on tensors that may lie in the machine's memory. How many examples
 * a slice has depends on shapes only, so that sums over slices are the same each time.
 */
final class Slices {
  // Of what cuMemAlloc returns; no kernel or library asks for more.
  private static final long ALIGNMENT = 256;

  /** Most operands of an operation. */
  private static final int MOST = 16;

  private final SliceStreams streams;
  private final Transfers transfers;
  private final Precision precision;
  private final DeviceScratch scratch;
  private final long room;
  private int turn;

  /**
   * @param room bytes of all tensors of a slice, if it has more than one example
   */
  Slices(
      SliceStreams streams,
      Transfers transfers,
      Precision precision,
      DeviceScratch scratch,
      long room) {
    this.streams = streams;
    this.transfers = transfers;
    this.precision = precision;
    this.scratch = scratch;
    this.room = room;
  }

  /** A tensor of zeros in the machine's memory. */
  SpilledTensor allocate(int rows, int columns) {
    long bytes = Math.multiplyExact((long) rows * columns, precision.bytes());
    return new SpilledTensor(streams, precision, streams.allocate(bytes), rows, columns);
  }

  /** Which slice of how many. */
  record Slice(int index, int of) {
    boolean isFirst() {
      return index == 0;
    }

    boolean isLast() {
      return index == of - 1;
    }
  }

  /** Adjacent examples. */
  private record Range(long first, long count) {}

  /** What is done with a slice. */
  @FunctionalInterface
  interface Step {
    /**
     * Queues the work.
     *
     * @param operands tensors of the device, in the order of the operation's; those that are not
     *     accessed are as they were
     */
    void run(Tensor[] operands, Slice slice);
  }

  /** Does an operation on so many examples. */
  void run(long examples, List<Operand> operands, Step step) {
    Tensor[] tensors = operands.stream().map(Operand::tensor).toArray(Tensor[]::new);
    if (operands.stream().noneMatch(Operand::isSpilled)) {
      step.run(tensors, new Slice(0, 1));
      return;
    }
    streams.begin();
    stage(operands, tensors);
    long atOnce = atOnce(examples, operands);
    int of = Math.toIntExact(Math.ceilDiv(examples, atOnce));
    for (int i = 0; i < of; i++) {
      Slice slice = new Slice(i, of);
      long first = i * atOnce;
      Range range = new Range(first, Math.min(atOnce, examples - first));
      runSlice(operands, tensors, range, parts -> step.run(parts, slice));
    }
    unstage(operands, tensors);
  }

  /** As many as there is room for, about as many in each slice. */
  private long atOnce(long examples, List<Operand> operands) {
    long ofExample = 0;
    for (Operand operand : operands) {
      ofExample += operand.isSpilled() ? bytes(operand.unit()) : 0;
    }
    long most = ofExample == 0 ? examples : Math.clamp(room / ofExample, 1, examples);
    return Math.ceilDiv(examples, Math.ceilDiv(examples, most));
  }

  private long bytes(long entries) {
    return entries * precision.bytes();
  }

  private static long aligned(long bytes) {
    return Math.ceilDiv(bytes, ALIGNMENT) * ALIGNMENT;
  }

  private void runSlice(
      List<Operand> operands, Tensor[] tensors, Range range, Consumer<Tensor[]> step) {
    int half = turn;
    turn = (turn + 1) % SliceStreams.HALVES;
    streams.beginUpload(half);
    Tensor[] parts = upload(operands, tensors, range, half(half, operands, range.count()));
    streams.endUpload(half);
    step.accept(parts);
    streams.beginDownload(half);
    download(operands, parts, range);
    streams.endDownload(half);
  }

  /**
   * The operands of a slice on the device.
   *
   * @param start address of memory for them
   */
  private Tensor[] upload(List<Operand> operands, Tensor[] tensors, Range range, long start) {
    Tensor[] parts = tensors.clone();
    long at = start;
    for (int k = 0; k < parts.length; k++) {
      Operand operand = operands.get(k);
      if (operand.isWhole() || operand.access() == Operand.Access.NONE) {
        continue;
      }
      long entry = range.first() * operand.unit();
      int rows = operand.rows(range.count());
      if (operand.tensor() instanceof SpilledTensor spilled) {
        long bytes = bytes(range.count() * operand.unit());
        parts[k] = here(at, rows, operand.columns());
        if (operand.isRead()) {
          streams.upload(spilled.from(entry), at, bytes);
        }
        at += aligned(bytes);
      } else {
        parts[k] = tensors[k].view(entry, rows, operand.columns());
      }
    }
    return parts;
  }

  private void download(List<Operand> operands, Tensor[] parts, Range range) {
    for (int k = 0; k < parts.length; k++) {
      Operand operand = operands.get(k);
      if (!operand.isWhole()
          && operand.isWritten()
          && operand.tensor() instanceof SpilledTensor spilled) {
        streams.download(
            CudaTensor.of(parts[k]).address(),
            spilled.from(range.first() * operand.unit()),
            bytes(range.count() * operand.unit()));
      }
    }
  }

  /** Address of the memory for a slice. */
  private long half(int half, List<Operand> operands, long count) {
    long needed = 0;
    for (Operand operand : operands) {
      needed += operand.isSpilled() ? aligned(bytes(count * operand.unit())) : 0;
    }
    DeviceScratch.Use use =
        half == 0 ? DeviceScratch.Use.EVEN_SLICES : DeviceScratch.Use.ODD_SLICES;
    return scratch.bytes(use, Math.max(needed, room + MOST * ALIGNMENT));
  }

  private CudaTensor here(long address, int rows, int columns) {
    return new CudaTensor(transfers, precision, address, rows, columns);
  }

  /** Copies operands that every slice needs to the device. */
  private void stage(List<Operand> operands, Tensor[] tensors) {
    long needed = 0;
    for (Operand operand : operands) {
      if (operand.isWhole() && operand.isSpilled()) {
        needed += aligned(bytes(operand.tensor().length()));
      }
    }
    long at = needed == 0 ? 0 : scratch.bytes(DeviceScratch.Use.WHOLE_OPERANDS, needed);
    for (int k = 0; k < tensors.length; k++) {
      Operand operand = operands.get(k);
      if (operand.isWhole() && operand.isSpilled() && tensors[k] instanceof SpilledTensor spilled) {
        long bytes = bytes(spilled.length());
        tensors[k] = here(at, spilled.rows(), spilled.columns());
        if (operand.isRead()) {
          streams.uploadInOrder(spilled.from(0), at, bytes);
        }
        at += aligned(bytes);
      }
    }
  }

  private void unstage(List<Operand> operands, Tensor[] staged) {
    boolean copied = false;
    for (int k = 0; k < staged.length; k++) {
      Operand operand = operands.get(k);
      if (operand.isWhole()
          && operand.isWritten()
          && operand.tensor() instanceof SpilledTensor spilled) {
        streams.downloadInOrder(
            CudaTensor.of(staged[k]).address(), spilled.from(0), bytes(spilled.length()));
        copied = true;
      }
    }
    if (copied) { // no other stream knows when; rare, since weights lie on the device
      streams.synchronize();
    }
  }
}
