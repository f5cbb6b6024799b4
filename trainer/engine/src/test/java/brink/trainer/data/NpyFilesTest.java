package brink.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyFilesTest {
  private static final DataOptions ALL =
      DataOptions.DEFAULT.withTestFraction(0).withStandardize(false);

  @TempDir Path folder;

  /** As numpy.save writes it: version 1, header padded so that the data begins at 128. */
  private Path write(String name, String type, String order, String shape, byte[] data)
      throws IOException {
    String header =
        "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }".formatted(type, order, shape);
    byte[] file = new byte[128 + data.length];
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    bytes.put((byte) 1).put((byte) 0).putShort((short) 118);
    bytes.put("%-117s\n".formatted(header).getBytes(StandardCharsets.US_ASCII));
    bytes.put(data);
    return Files.write(folder.resolve(name), file);
  }

  private static byte[] doubles(double... values) {
    byte[] written = new byte[8 * values.length];
    ByteBuffer bytes = ByteBuffer.wrap(written).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      bytes.putDouble(value);
    }
    return written;
  }

  private static byte[] longs(long... values) {
    byte[] written = new byte[8 * values.length];
    ByteBuffer bytes = ByteBuffer.wrap(written).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      bytes.putLong(value);
    }
    return written;
  }

  private static Split load(Path x, Path y) {
    return DataSource.parse("npy:" + x + "," + y).load(ALL);
  }

  @Test
  void load_integerTargets_areClasses() throws IOException {
    Path x = write("x.npy", "<f8", "False", "3, 2", doubles(1, 2, 3, 4, 5, 6));
    Path y = write("y.npy", "<i8", "False", "3,", longs(2, 0, 2));

    Dataset data = load(x, y).train();

    assertThat(data.dimension()).isEqualTo(2);
    assertThat(data.features().toArray()).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6);
    Targets.Classes classes = (Targets.Classes) data.targets();
    assertThat(classes.count()).isEqualTo(3);
    assertThat(classes.labels()).containsExactlyInAnyOrder(2, 0, 2);
  }

  @Test
  void load_floatTargets_areNumbers() throws IOException {
    Path x = write("x.npy", "|u1", "False", "2, 1, 1", new byte[] {(byte) 200, 1});
    Path y = write("y.npy", "<f8", "False", "2, 1", doubles(0.5, -1));

    Dataset data = load(x, y).train();

    assertThat(data.features().toArray()).containsExactlyInAnyOrder(200, 1);
    assertThat(data.targets()).isInstanceOf(Targets.Values.class);
  }

  @Test
  void load_fourAxes_areImages() throws IOException {
    Path x = write("x.npy", "|u1", "False", "2, 1, 3, 2", new byte[12]);
    Path y = write("y.npy", "<f8", "False", "2", doubles(0.5, -1));

    Split split =
        DataSource.parse("npy:" + x + "," + y).load(DataOptions.DEFAULT.withTestFraction(0));

    // Kept by selection and standardization.
    assertThat(split.train().image()).isEqualTo(new ImageShape(1, 3, 2));
  }

  @Test
  void load_fortranOrder_saysHowToConvert() throws IOException {
    Path x = write("x.npy", "<f8", "True", "2, 1", doubles(1, 2));

    assertThatThrownBy(() -> load(x, x))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected a little-endian array of numbers in C order")
        .hasMessageContaining("numpy.ascontiguousarray");
  }

  @Test
  void load_wrongLength_saysSizes() throws IOException {
    Path x = write("x.npy", "<f8", "False", "3, 2", doubles(1, 2, 3));

    assertThatThrownBy(() -> load(x, x))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("shape [3, 2] of 8-byte numbers needs 48 bytes, found 24");
  }

  @Test
  void load_differentLengths_saysShape() throws IOException {
    Path x = write("x.npy", "<f8", "False", "3, 1", doubles(1, 2, 3));
    Path y = write("y.npy", "<i8", "False", "2,", longs(0, 1));

    assertThatThrownBy(() -> load(x, y))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected 3 targets")
        .hasMessageContaining("found shape [2]");
  }

  @Test
  void load_notANumber_namesTheEntry() throws IOException {
    Path x = write("x.npy", "<f8", "False", "2, 1", doubles(1, Double.NaN));

    assertThatThrownBy(() -> load(x, x))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("entry 1 is NaN");
  }

  @Test
  void load_negativeClass_namesTheEntry() throws IOException {
    Path x = write("x.npy", "<f8", "False", "2, 1", doubles(1, 2));
    Path y = write("y.npy", "<i8", "False", "2,", longs(0, -1));

    assertThatThrownBy(() -> load(x, y))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("entry 1 is -1, expected a class from 0");
  }

  @Test
  void load_otherFile_isRefused() throws IOException {
    Path x = Files.writeString(folder.resolve("x.npy"), "1,2,3\n4,5,6\n");

    assertThatThrownBy(() -> load(x, x))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("not a NumPy array");
  }
}
