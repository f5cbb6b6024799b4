package brink.trainer.data;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Any bytes as a table, in several dialects. */
class CsvFuzzTest {
  private static final List<String> DIALECTS =
      List.of(
          "",
          "?task=regression",
          "?header=yes&target=first",
          "?header=no&missing=NA,?",
          "?separator=space&comment=#",
          "?separator=;&decimal=comma&target=2",
          "?skip=1&target=k",
          "?separator=tab&task=regression&missing=NA");

  /** Text of a cell, its row and its number: a cell may be one byte and a comma. */
  private static final int BYTES_FOR_A_BYTE = 1000;

  /** The first byte chooses the dialect. */
  @FuzzTest
  void load_anyBytes_areATableOrRefused(byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      return;
    }
    Path file = Files.createTempFile("any", ".csv");
    try {
      Files.write(file, Arrays.copyOfRange(bytes, 1, bytes.length));
      String dialect = DIALECTS.get(Byte.toUnsignedInt(bytes[0]) % DIALECTS.size());
      Fuzzed.read("csv:" + file + dialect, bytes.length, BYTES_FOR_A_BYTE);
    } finally {
      Files.delete(file);
    }
  }
}
