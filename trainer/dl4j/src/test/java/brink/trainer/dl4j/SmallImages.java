package brink.trainer.dl4j;

import brink.trainer.data.Dataset;
import brink.trainer.data.Features;
import brink.trainer.data.ImageShape;

/** 4×4 images: every second pixel of every second row of 8×8 ones. */
record SmallImages(Features source) implements Features {
  static Dataset of(Dataset data) {
    return new Dataset(data.name(), new SmallImages(data.features()), data.targets());
  }

  @Override
  public int rows() {
    return source.rows();
  }

  @Override
  public int columns() {
    return 16;
  }

  @Override
  public ImageShape image() {
    return new ImageShape(4, 4, 1);
  }

  @Override
  public void copyRow(int row, double[] into, int offset) {
    double[] whole = new double[64];
    source.copyRow(row, whole, 0);
    for (int j = 0; j < 16; j++) {
      into[offset + j] = whole[16 * (j / 4) + 2 * (j % 4)];
    }
  }
}
