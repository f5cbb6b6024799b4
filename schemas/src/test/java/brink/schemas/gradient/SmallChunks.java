package brink.schemas.gradient;

import brink.v1.GradientChunk;
import brink.v1.GradientEncoding;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;

/** Chunks far below 1 MiB, as another producer may send them: many chunks without much data. */
final class SmallChunks {
  private SmallChunks() {}

  static List<GradientChunk> of(String runId, long step, float[] gradient, int entries) {
    GradientChunk whole =
        GradientEncoder.chunks(
                runId,
                step,
                GradientValues.of(gradient),
                gradient.length,
                GradientEncoding.GRADIENT_ENCODING_F32)
            .getFirst();
    int count = Math.max(1, Math.ceilDiv(gradient.length, entries));
    List<GradientChunk> chunks = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      int from = index * entries;
      int to = Math.min(gradient.length, from + entries);
      chunks.add(
          whole.toBuilder()
              .setIndex(index)
              .setCount(count)
              .setOffset(from)
              .setData(whole.getData().substring(from * Float.BYTES, to * Float.BYTES))
              .build());
    }
    return chunks;
  }

  static GradientChunk flip(GradientChunk chunk, int bit) {
    byte[] data = chunk.getData().toByteArray();
    data[bit / 8] ^= (byte) (1 << (bit % 8));
    return chunk.toBuilder().setData(ByteString.copyFrom(data)).build();
  }
}
