package brink.monitor.topology;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Formats that producers send instead of bare protobuf bytes, told by how they begin. None of these
 * beginnings is that of a message of Brink: field numbers 0 and 15 do not occur in the first place,
 * and the rest has wire types that do not exist.
 */
final class ForeignFormat {
  private static final HexFormat HEX = HexFormat.of();

  /** One zero byte and the schema's number, four bytes. */
  private static final int REGISTRY_FRAME = 5;

  private record Magic(String hex, String sentence) {
    boolean begins(byte[] value) {
      byte[] bytes = HEX.parseHex(hex);
      return value.length >= bytes.length
          && Arrays.equals(value, 0, bytes.length, bytes, 0, bytes.length);
    }
  }

  private static final String COMPRESSED =
      "; send the bare message, and leave compression to the producer's compression.type";

  private static final List<Magic> MAGIC =
      List.of(
          new Magic(
              "4f626a01", "an Avro container file; send the message in protobuf, not in Avro"),
          new Magic("1f8b", "gzip data" + COMPRESSED),
          new Magic("28b52ffd", "zstd data" + COMPRESSED),
          new Magic("04224d18", "an LZ4 frame" + COMPRESSED),
          new Magic("82534e41505059", "Snappy data" + COMPRESSED),
          new Magic("ff060000734e61507059", "Snappy data" + COMPRESSED));

  private ForeignFormat() {}

  /** What the value looks like, and the remedy; null if like none of these. */
  static @Nullable String of(byte[] value) {
    if (value.length >= REGISTRY_FRAME && value[0] == 0) {
      return registryFrame(value);
    }
    for (Magic magic : MAGIC) {
      if (magic.begins(value)) {
        return magic.sentence();
      }
    }
    return isJson(value)
        ? "JSON text; send the message's protobuf bytes, which protobuf's JsonFormat parses from"
            + " it"
        : null;
  }

  private static String registryFrame(byte[] value) {
    return ("a Schema Registry frame (a zero byte, schema %d, then the message's index); send the"
            + " bare message, for example by a byte-array serializer instead of the registry's")
        .formatted(ByteBuffer.wrap(value, 1, Integer.BYTES).getInt());
  }

  private static boolean isJson(byte[] value) {
    int first = 0;
    int last = value.length - 1;
    if (value.length >= 3 && HEX.formatHex(value, 0, 3).equals("efbbbf")) {
      first = 3;
    }
    while (first < last && Character.isWhitespace(value[first])) {
      first++;
    }
    while (first < last && Character.isWhitespace(value[last])) {
      last--;
    }
    return first < last
        && ((value[first] == '{' && value[last] == '}')
            || (value[first] == '[' && value[last] == ']')
            || (value[first] == '"' && value[last] == '"'));
  }
}
