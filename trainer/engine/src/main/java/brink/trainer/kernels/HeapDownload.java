package brink.trainer.kernels;

/**
 * A copy that is made at once, into one of two arrays in turns: the other may still be in use by
 * whoever took it.
 */
final class HeapDownload implements Download {
  private final int length;
  private float[] next;
  private float[] taken;
  private volatile boolean begun;

  HeapDownload(int length) {
    this.length = length;
    next = new float[length];
    taken = new float[length];
  }

  @Override
  public void begin(Tensor vector) {
    if (vector.length() != length) {
      throw new IllegalArgumentException(vector.length() + " entries for a download of " + length);
    }
    vector.get(next);
    begun = true;
  }

  @Override
  public float[] take() {
    if (!begun) {
      throw new IllegalStateException("a download is begun before it is taken");
    }
    float[] arrived = next;
    next = taken;
    taken = arrived;
    begun = false;
    return arrived;
  }
}
