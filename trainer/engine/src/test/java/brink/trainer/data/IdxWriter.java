package brink.trainer.data;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.zip.GZIPOutputStream;

/** Files in the IDX format, as http://yann.lecun.com/exdb/mnist/ describes it. */
final class IdxWriter {
  private IdxWriter() {}

  static byte[] images(int count, int height, int width) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0x803);
    out.writeInt(count);
    out.writeInt(height);
    out.writeInt(width);
    byte[] pixels = new byte[count * height * width];
    new Random(count).nextBytes(pixels);
    out.write(pixels);
    return bytes.toByteArray();
  }

  static byte[] labels(int count, IntUnaryOperator label) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0x801);
    out.writeInt(count);
    for (int i = 0; i < count; i++) {
      out.write(label.applyAsInt(i));
    }
    return bytes.toByteArray();
  }

  static byte[] gzipped(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(plain);
    }
    return bytes.toByteArray();
  }

  /** Images and labels of one part of a set; %s in the pattern stands for what they are. */
  static void part(Path folder, String pattern, int count, IntUnaryOperator label, boolean zipped)
      throws IOException {
    Files.createDirectories(folder);
    byte[] images = images(count, 4, 5);
    byte[] labels = labels(count, label);
    Files.write(
        folder.resolve(pattern.formatted("images-idx3")), zipped ? gzipped(images) : images);
    Files.write(
        folder.resolve(pattern.formatted("labels-idx1")), zipped ? gzipped(labels) : labels);
  }
}
