package brink.trainer.kernels;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A copy that is made at once. */
final class HeapDownload implements Download {
  private final int length;
  private volatile double @Nullable [] entries;

  HeapDownload(int length) {
    this.length = length;
  }

  @Override
  public void begin(Tensor vector) {
    if (vector.length() != length) {
      throw new IllegalArgumentException(vector.length() + " entries for a download of " + length);
    }
    entries = vector.get();
  }

  @Override
  public double[] take() {
    double[] taken = Objects.requireNonNull(entries, "a download is begun before it is taken");
    entries = null;
    return taken;
  }
}
