package brink.trainer.dl4j.zip;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectStreamConstants;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerType;

/**
 * What kind of normalizer an entry holds: NormalizerSerializer writes a header, older versions of
 * DL4J wrote by Java's serialization.
 */
final class NormalizerName {
  /** No more of an entry is looked at; names of classes have some dozens of bytes. */
  private static final int MOST_BYTES = 64 << 10;

  private static final String HEADER = "NORMALIZER";

  private NormalizerName() {}

  /** The name of its class, or that it has none. */
  static String of(InputStream entry) {
    try {
      InputStream in = new BufferedInputStream(new Beginning(entry, MOST_BYTES));
      in.mark(2);
      int magic = in.read() << 8 | in.read();
      in.reset();
      return magic == (ObjectStreamConstants.STREAM_MAGIC & 0xFFFF)
          ? simple(FirstClass.of(in))
          : ofHeader(new DataInputStream(in));
    } catch (IOException | RuntimeException e) {
      return "something that is no normalizer";
    }
  }

  private static String ofHeader(DataInputStream in) throws IOException {
    if (!in.readUTF().equals(HEADER)) {
      throw new IOException("another header");
    }
    var _ = in.readInt(); // the version
    return switch (NormalizerType.valueOf(in.readUTF())) {
      case STANDARDIZE -> "NormalizerStandardize";
      case MIN_MAX -> "NormalizerMinMaxScaler";
      case IMAGE_MIN_MAX -> "ImagePreProcessingScaler";
      case IMAGE_VGG16 -> "VGG16ImagePreProcessor";
      case MULTI_STANDARDIZE -> "MultiNormalizerStandardize";
      case MULTI_MIN_MAX -> "MultiNormalizerMinMaxScaler";
      case MULTI_HYBRID -> "MultiNormalizerHybrid";
      case CUSTOM -> simple(in.readUTF());
    };
  }

  private static String simple(String className) {
    return OneLine.of(className.substring(className.lastIndexOf('.') + 1));
  }
}
