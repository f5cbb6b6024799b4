package brink.trainer.data;

/**
 * Images held as unsigned bytes and read as numbers in [0, 1].
 *
 * @param pixels one array for each image, channels last; owned by this record, not to be modified
 */
@SuppressWarnings("ArrayRecordComponent") // equality is never asked for
public record ByteFeatures(byte[][] pixels, ImageShape image) implements Features {
  @Override
  public int rows() {
    return pixels.length;
  }

  @Override
  public int columns() {
    return image.length();
  }

  @Override
  public void copyRow(int row, double[] into, int offset) {
    byte[] source = pixels[row];
    for (int j = 0; j < source.length; j++) {
      into[offset + j] = Byte.toUnsignedInt(source[j]) / 255.0;
    }
  }
}
