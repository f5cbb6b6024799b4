package brink.trainer.dl4j;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.util.ModelSerializer;

/** Zip files of networks, and what others may have made of them. */
final class Zips {
  static final String CONFIGURATION = "configuration.json";
  static final String COEFFICIENTS = "coefficients.bin";

  private Zips() {}

  /** The entries of a saved network. */
  static Map<String, byte[]> entries(Model model) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ModelSerializer.writeModel(model, bytes, false);
      Map<String, byte[]> entries = new LinkedHashMap<>();
      try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
          entries.put(entry.getName(), zip.readAllBytes());
        }
      }
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path write(Path file, Map<String, byte[]> entries) {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same with another text in the configuration. */
  static Map<String, byte[]> withConfiguration(Map<String, byte[]> entries, String json) {
    Map<String, byte[]> other = new LinkedHashMap<>(entries);
    other.put(CONFIGURATION, json.getBytes(StandardCharsets.UTF_8));
    return other;
  }

  static String configuration(Map<String, byte[]> entries) {
    return new String(entries.get(CONFIGURATION), StandardCharsets.UTF_8);
  }

  /** The same with weights of zero, or those that a file says it has and has not. */
  static Map<String, byte[]> withCoefficients(
      Map<String, byte[]> entries, long count, String type, byte[] numbers) {
    Map<String, byte[]> other = new LinkedHashMap<>(entries);
    other.put(COEFFICIENTS, coefficients(count, type, numbers));
    return other;
  }

  static byte[] coefficients(long count, String type, byte[] numbers) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      long[] shape = {2, 1, count, 1, 1, 0, 1, 99};
      out.writeUTF("MIXED_DATA_TYPES");
      out.writeLong(shape.length);
      out.writeUTF("LONG");
      for (long word : shape) {
        out.writeLong(word);
      }
      out.writeUTF("MIXED_DATA_TYPES");
      out.writeLong(count);
      out.writeUTF(type);
      out.write(numbers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
