package brink.schemas.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brink.v1.GradientChunk;
import brink.v1.GradientEncoding;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

final class GradientEncoderTest {
  private static final int PER_CHUNK = GradientEncoder.CHUNK_BYTES / Float.BYTES;

  @Test
  void chunks_ofTwoAndAHalfMebibytes_areThree() {
    int total = PER_CHUNK * 5 / 2;

    List<GradientChunk> chunks =
        GradientEncoder.chunks("r", 3, i -> i, total, GradientEncoding.GRADIENT_ENCODING_F32);

    assertThat(chunks).extracting(GradientChunk::getIndex).containsExactly(0, 1, 2);
    assertThat(chunks)
        .extracting(GradientChunk::getOffset)
        .containsExactly(0L, (long) PER_CHUNK, 2L * PER_CHUNK);
    assertThat(chunks)
        .extracting(chunk -> chunk.getData().size())
        .containsExactly(1 << 20, 1 << 20, 1 << 19);
    assertThat(chunks)
        .allSatisfy(
            chunk -> {
              assertThat(chunk.getRunId()).isEqualTo("r");
              assertThat(chunk.getStep()).isEqualTo(3);
              assertThat(chunk.getCount()).isEqualTo(3);
              assertThat(chunk.getTotal()).isEqualTo(total);
            });
  }

  @Test
  void chunks_exactlyOneMebibyte_isOne() {
    assertThat(
            GradientEncoder.chunks(
                "r", 0, new double[PER_CHUNK], GradientEncoding.GRADIENT_ENCODING_F32))
        .hasSize(1);
  }

  @Test
  void chunks_emptyGradient_isOneEmptyChunk() {
    List<GradientChunk> chunks =
        GradientEncoder.chunks("r", 0, new double[0], GradientEncoding.GRADIENT_ENCODING_BF16);

    assertThat(chunks).hasSize(1);
    assertThat(chunks.getFirst().getData()).isEmpty();
  }

  @Test
  void chunks_ofOneAndMinusTwo_areLittleEndian() {
    GradientChunk chunk =
        GradientEncoder.chunks("r", 0, new double[] {1, -2}, GradientEncoding.GRADIENT_ENCODING_F32)
            .getFirst();

    assertThat(chunk.getData())
        .isEqualTo(ByteString.copyFrom(new byte[] {0, 0, (byte) 0x80, 0x3F, 0, 0, 0, (byte) 0xC0}));
  }

  @Test
  void crc32c_always_isOfTheBytesOfTheWhole() {
    List<GradientChunk> chunks =
        GradientEncoder.chunks(
            "r", 0, i -> i, 2 * PER_CHUNK + 10, GradientEncoding.GRADIENT_ENCODING_F32);

    CRC32C crc = new CRC32C();
    chunks.forEach(chunk -> crc.update(chunk.getData().toByteArray()));

    assertThat(chunks).allSatisfy(c -> assertThat(c.getCrc32C()).isEqualTo((int) crc.getValue()));
  }

  @Test
  void chunks_beyondWhatIsKept_areOfTheSameBytes() {
    int total = GradientEncoder.KEPT_BYTES / Float.BYTES;
    List<GradientChunk> kept =
        GradientEncoder.chunks("r", 0, i -> i, total, GradientEncoding.GRADIENT_ENCODING_F32);
    List<GradientChunk> encodedAgain =
        GradientEncoder.chunks("r", 0, i -> i, total + 1, GradientEncoding.GRADIENT_ENCODING_F32);

    assertThat(encodedAgain).hasSize(kept.size() + 1);
    assertThat(encodedAgain.get(3).getData()).isEqualTo(kept.get(3).getData());
    CRC32C crc = new CRC32C();
    encodedAgain.forEach(chunk -> crc.update(chunk.getData().toByteArray()));
    assertThat(encodedAgain.getLast().getCrc32C()).isEqualTo((int) crc.getValue());
  }

  @Test
  void chunks_ofFloatsAndOfDoubles_areTheSame() {
    double[] doubles = new SplittableRandom(1).doubles(PER_CHUNK + 5, -1, 1).toArray();
    float[] floats = new float[doubles.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles[i];
    }
    for (GradientEncoding encoding :
        List.of(
            GradientEncoding.GRADIENT_ENCODING_F32,
            GradientEncoding.GRADIENT_ENCODING_F16,
            GradientEncoding.GRADIENT_ENCODING_BF16)) {
      assertThat(GradientEncoder.chunks("r", 0, doubles, encoding))
          .isEqualTo(
              GradientEncoder.chunks("r", 0, GradientValues.of(floats), floats.length, encoding))
          .isEqualTo(
              GradientEncoder.chunks(
                  "r", 0, i -> (float) doubles[(int) i], doubles.length, encoding));
    }
  }

  @Test
  void chunks_unspecifiedEncoding_isRefused() {
    assertThatThrownBy(
            () ->
                GradientEncoder.chunks(
                    "r", 0, new double[1], GradientEncoding.GRADIENT_ENCODING_UNSPECIFIED))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
