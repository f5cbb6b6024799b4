package brink.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What NumPy writes, and the numbers that it meant. */
class NpyArrayTest {
  /** Every type in both byte orders, with the extremes that it holds exactly. */
  static Stream<Arguments> types() {
    return Stream.of("<", ">")
        .flatMap(
            order ->
                Stream.of(
                    arguments(order + "f2", new double[] {0.5, -2, 65504, 0x1p-24, 0, 1}),
                    arguments(order + "f4", new double[] {0.1f, -1, 0x1p127, 3, 4, 5}),
                    arguments(order + "f8", new double[] {0.1, -1, 1e300, 3, 4, -0.0}),
                    arguments(order + "i2", new double[] {-32768, 32767, 0, 1, 2, 3}),
                    arguments(order + "i4", new double[] {-0x1p31, 0x1p31 - 1, 0, 1, 2, 3}),
                    arguments(order + "i8", new double[] {-0x1p63, 0x1p53, 0, 1, 2, 3}),
                    arguments(order + "u2", new double[] {65535, 32768, 0, 1, 2, 3}),
                    arguments(order + "u4", new double[] {0x1p32 - 1, 0x1p31, 0, 1, 2, 3}),
                    arguments(order + "u8", new double[] {0x1p63, 0x1p64 - 2048, 0, 1, 2, 3}),
                    arguments("|i1", new double[] {-128, 127, 0, 1, 2, 3}),
                    arguments("|u1", new double[] {255, 128, 0, 1, 2, 3}),
                    arguments("|b1", new double[] {0, 1, 1, 0, 1, 0})));
  }

  @ParameterizedTest
  @MethodSource("types")
  void parse_everyType_givesTheNumbers(String type, double[] values) {
    for (int version = 1; version <= 3; version++) {
      for (boolean fortran : new boolean[] {false, true}) {
        NpyArray array =
            NpyArray.parse(
                "x.npy", NumpyWriter.array(version, type, fortran, new int[] {2, 3}, values));

        assertThat(array.values()).containsExactly(values);
        assertThat(array.shape()).isEqualTo(List.of(2, 3));
      }
    }
  }

  @Test
  void parse_fortranOrderOfFourAxes_isTransposed() {
    double[] values = IntStream.range(0, 120).mapToDouble(i -> i).toArray();

    NpyArray array =
        NpyArray.parse("x.npy", NumpyWriter.array("<f8", true, new int[] {2, 3, 4, 5}, values));

    assertThat(array.values()).containsExactly(values);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'shape': (2, 3), 'descr': '<f8', 'fortran_order': False}
          {"descr": "<f8", "fortran_order": False, "shape": (2, 3)}
          {'descr': '<f8', 'fortran_order': False, 'shape': (2L, 3L), }
          {'descr':'<f8','fortran_order':False,'shape':(2,3,),}
          """)
  void parse_headerOfOtherWriters_isUnderstood(String header) {
    NpyArray array = NpyArray.parse("x.npy", NumpyWriter.withHeader(1, header, new byte[48]));

    assertThat(array.shape()).isEqualTo(List.of(2, 3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '~',
      textBlock =
          """
          {'descr': '<f8', 'fortran_order': False, 'shape': (), }               ¦ holds a single number (shape ())
          {'descr': '<f8', 'fortran_order': False, 'shape': (0, 4), }           ¦ is empty, of shape (0, 4)
          {'descr': '<f8', 'fortran_order': False, 'shape': (0,), }             ¦ is empty, of shape (0,)
          {'descr': '<f8', 'fortran_order': False, 'shape': (99999999999, 4), } ¦ shape (99999999999, 4) of 8-byte numbers does not fit
          {'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296), } ¦ does not fit
          {'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999999,), } ¦ expected the header of a NumPy array
          {'descr': '<f8', 'fortran_order': False, 'shape': (20, 4, 3 3), }     ¦ expected the header of a NumPy array, found
          {'descr': '<f8', 'fortran_order': False, 'shape': (-1, 4), }          ¦ expected the header of a NumPy array
          {'descr': '<f8', 'fortran_order': False, 'shape': (3.5,), }           ¦ expected the header of a NumPy array
          {'descr': '<f8', 'fortran_order': False, 'shape': 48, }               ¦ expected the header of a NumPy array
          {'descr': '<f8', 'fortran_order': None, 'shape': (6,), }              ¦ expected the header of a NumPy array
          {'descr': '<f8', 'shape': (6,), }                                     ¦ expected the header of a NumPy array
          {'descr': '<f8', 'fortran_order': False, 'shape': (6,), } more        ¦ expected the header of a NumPy array
          {'descr': '<f8', 'fortran_order': False, 'shape': (6,),               ¦ expected the header of a NumPy array
          {'descr': [('a', '<f8'), ('b', '<i4')], 'fortran_order': False, 'shape': (4,), } ¦ holds records of several fields
          {'descr': '<U5', 'fortran_order': False, 'shape': (6,), }             ¦ holds text ('<U5')
          {'descr': '|O', 'fortran_order': False, 'shape': (6,), }              ¦ holds Python objects ('|O')
          {'descr': '<c8', 'fortran_order': False, 'shape': (6,), }             ¦ holds complex numbers ('<c8')
          {'descr': '<f16', 'fortran_order': False, 'shape': (3,), }            ¦ holds an unknown type ('<f16')
          {'descr': '', 'fortran_order': False, 'shape': (3,), }                ¦ holds an unknown type
          {'descr': '<f8', 'fortran_order': False, 'shape': (7,), }             ¦ shape (7,) of 8-byte numbers does not fit the 48 bytes
          {'descr': '<f8', 'fortran_order': False, 'shape': (5,), }             ¦ shape (5,) of 8-byte numbers does not fit the 48 bytes
          """)
  void parse_senselessHeader_isRefusedInOneLine(String header, String message) {
    byte[] file = NumpyWriter.withHeader(1, header, new byte[48]);

    assertThatThrownBy(() -> NpyArray.parse("x.npy", file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("x.npy: ")
        .hasMessageContaining(message)
        .message()
        .hasLineCount(1);
  }

  @Test
  void parse_notFinite_namesThePlace() {
    byte[] file =
        NumpyWriter.array("<f4", false, new int[] {2, 3}, 0, 1, 2, 3, Double.POSITIVE_INFINITY, 5);

    assertThatThrownBy(() -> NpyArray.parse("x.npy", file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("entry [1, 1] is Infinity, expected finite numbers");
  }

  @ParameterizedTest
  @CsvSource({"4, version 4 of NumPy's format", "0, version 0 of NumPy's format"})
  void parse_unknownVersion_isRefused(int version, String message) {
    byte[] file = NumpyWriter.array("<f8", false, new int[] {1}, 1);
    file[6] = (byte) version;

    assertThatThrownBy(() -> NpyArray.parse("x.npy", file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void parse_headerLongerThanTheFile_isRefused() {
    byte[] file = NumpyWriter.array(2, "<f8", false, new int[] {1}, 1);
    file[11] = 0x7f;

    assertThatThrownBy(() -> NpyArray.parse("x.npy", file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the header is cut off");
  }

  @Test
  void parse_text_isRefused() {
    assertThatThrownBy(
            () -> NpyArray.parse("x.npy", "1,2,3\n4,5,6\n".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("not a NumPy array");
  }
}
