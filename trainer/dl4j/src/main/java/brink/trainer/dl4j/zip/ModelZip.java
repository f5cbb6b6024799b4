package brink.trainer.dl4j.zip;

import brink.trainer.files.FileTrouble;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.deeplearning4j.util.ModelSerializer;

/**
 * The zip file of a saved network. Read are configuration and weights, and of a normalizer what it
 * is; the state of the updater and whatever else lies there is left alone.
 */
public final class ModelZip implements AutoCloseable {
  private final ZipFile zip;

  private ModelZip(ZipFile zip) {
    this.zip = zip;
  }

  /**
   * Opens a file.
   *
   * @throws ModelZipException if it is no zip file
   */
  public static ModelZip open(Path file) throws ModelZipException {
    if (!Files.exists(file)) {
      throw new ModelZipException(
          "no such file; give a network that ModelSerializer.writeModel wrote");
    }
    if (!Files.isRegularFile(file)) {
      throw new ModelZipException("expected a DL4J network, found no regular file");
    }
    try {
      return new ModelZip(new ZipFile(file.toFile()));
    } catch (IOException e) {
      throw noZip(e);
    }
  }

  private static ModelZipException noZip(IOException cause) {
    return new ModelZipException(
        "expected a DL4J network, which is a zip file (%s)"
            .formatted(OneLine.of(FileTrouble.of(cause))),
        cause);
  }

  /**
   * The configuration, in size and depth such as a network may have.
   *
   * @throws ModelZipException if there is none, or none such
   */
  public Configuration configuration() throws ModelZipException {
    try (InputStream in = require(ModelSerializer.CONFIGURATION_JSON)) {
      byte[] json = in.readNBytes(Configuration.MOST_BYTES + 1);
      return Configuration.of(json);
    } catch (IOException e) {
      throw noZip(e);
    }
  }

  /**
   * The weights, of which only the beginning has been read.
   *
   * @return to be closed
   * @throws ModelZipException if there are none
   */
  public Coefficients coefficients() throws ModelZipException {
    try {
      return Coefficients.of(require(ModelSerializer.COEFFICIENTS_BIN));
    } catch (IOException e) {
      throw noZip(e);
    }
  }

  /**
   * What the network was saved with to prepare its features, for example "NormalizerStandardize in
   * normalizer.bin". Nothing of it is made.
   */
  public List<String> normalizers() throws ModelZipException {
    List<String> found = new ArrayList<>();
    for (String name : List.of(ModelSerializer.NORMALIZER_BIN, ModelSerializer.PREPROCESSOR_BIN)) {
      try {
        Optional<InputStream> entry = find(name);
        if (entry.isPresent()) {
          try (InputStream in = entry.get()) {
            found.add(NormalizerName.of(in) + " in " + name);
          }
        }
      } catch (IOException e) {
        throw noZip(e);
      }
    }
    return found;
  }

  private InputStream require(String name) throws IOException, ModelZipException {
    Optional<InputStream> entry = find(name);
    if (entry.isEmpty()) {
      throw new ModelZipException("expected a DL4J network, found a zip file without " + name);
    }
    return entry.get();
  }

  private Optional<InputStream> find(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    return entry == null
        ? Optional.empty()
        : Optional.of(new BufferedInputStream(zip.getInputStream(entry)));
  }

  @Override
  public void close() throws ModelZipException {
    try {
      zip.close();
    } catch (IOException e) {
      throw noZip(e);
    }
  }
}
