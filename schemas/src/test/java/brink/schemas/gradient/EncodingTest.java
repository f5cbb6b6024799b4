package brink.schemas.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class EncodingTest {
  @Test
  void f32_anyBits_keepsThem() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      Float value = Float.intBitsToFloat(random.nextInt());
      assertThat(roundTrip(Encoding.F32, value)).isEqualTo(value);
    }
  }

  /**
   * Half an ulp: 11 significant bits in binary16, 8 in bfloat16; the values stay in the normal
   * range.
   */
  @ParameterizedTest
  @CsvSource({"F16, 0x1p-11", "BF16, 0x1p-8"})
  void narrow_normalValue_isWithinHalfAnUlp(Encoding encoding, double halfUlp) {
    Random random = new Random(2);
    for (int i = 0; i < 1000; i++) {
      float value = (float) (random.nextGaussian() * 10);
      assertThat(Math.abs(roundTrip(encoding, value) - value) / Math.abs(value))
          .isLessThanOrEqualTo((float) halfUlp);
    }
  }

  /** In bfloat16 the neighbours of 1 are 1 ± 2⁻⁷; ties go to the even last bit. */
  @ParameterizedTest
  @CsvSource({
    "0x1.01p0, 0x1p0",
    "0x1.03p0, 0x1.04p0",
    "0x1.010002p0, 0x1.02p0",
    "-0x1.01p0, -0x1p0",
    "0x1.fffffep127, Infinity",
    "0x1p-133, 0x1p-133",
    "-0.0, -0.0",
    "-Infinity, -Infinity"
  })
  void bf16_halfway_goesToEven(float value, float expected) {
    assertThat(roundTrip(Encoding.BF16, value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void everyEncoding_notANumber_staysNotANumber(Encoding encoding) {
    assertThat(roundTrip(encoding, Float.NaN)).isNaN();
    assertThat(roundTrip(encoding, Float.intBitsToFloat(0x7F800001))).isNaN();
    assertThat(roundTrip(encoding, Float.intBitsToFloat(0xFFFFFFFF))).isNaN();
  }

  /** In lengths that vector instructions do not divide; what is beyond the count is left alone. */
  @ParameterizedTest
  @EnumSource
  void encode_manyEntries_areThoseOneByOne(Encoding encoding) {
    Random random = new Random(3);
    float[] entries = new float[77];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = Float.intBitsToFloat(random.nextInt());
    }
    ByteBuffer together = ByteBuffer.allocate(75 * encoding.width()).order(ByteOrder.LITTLE_ENDIAN);

    encoding.encode(entries, 75, together);

    assertThat(together.hasRemaining()).isFalse();
    together.flip();
    for (int i = 0; i < 75; i++) {
      Float byItself = roundTrip(encoding, entries[i]);
      assertThat(encoding.get(together)).isEqualTo(byItself);
    }
  }

  private static float roundTrip(Encoding encoding, float value) {
    ByteBuffer buffer = ByteBuffer.allocate(encoding.width()).order(ByteOrder.LITTLE_ENDIAN);
    encoding.encode(new float[] {value}, 1, buffer);
    assertThat(buffer.hasRemaining()).isFalse();
    return encoding.get(buffer.flip());
  }
}
