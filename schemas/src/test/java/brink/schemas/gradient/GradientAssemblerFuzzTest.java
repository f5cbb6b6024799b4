package brink.schemas.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import brink.v1.GradientChunk;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Chunks as they may come, one after the other. */
class GradientAssemblerFuzzTest {
  private static final int MOST_INCOMPLETE = 4;
  private static final long MOST_BYTES = 1 << 16;

  /** The bytes are delimited messages. */
  @FuzzTest
  void chunks_ofAnyBytes_giveResultsWithinTheMemory(byte[] bytes) throws IOException {
    GradientAssembler assembler = new GradientAssembler(MOST_INCOMPLETE, MOST_BYTES);
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    while (in.available() > 0) {
      GradientChunk chunk;
      try {
        chunk = GradientChunk.parseDelimitedFrom(in);
      } catch (InvalidProtocolBufferException e) {
        return;
      }
      if (chunk != null) {
        assertThat(assembler.accept(chunk)).isNotEmpty();
        assertThat(assembler.accept(chunk)).isNotEmpty();
        assertThat(assembler.bytes()).isBetween(0L, MOST_BYTES);
        assertThat(assembler.incompleteCount()).isBetween(0, MOST_INCOMPLETE);
      }
    }
  }
}
