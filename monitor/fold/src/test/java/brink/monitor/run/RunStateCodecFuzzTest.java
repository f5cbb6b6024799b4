package brink.monitor.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Bytes of a state store that are damaged, or of another version. */
class RunStateCodecFuzzTest {
  @FuzzTest
  void decode_ofAnyBytes_givesAStateOrSaysWhyNot(byte[] bytes) {
    RunState state;
    try {
      state = RunStateCodec.decode(bytes);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
      return;
    }
    assertThat(RunStateCodec.encode(RunStateCodec.decode(RunStateCodec.encode(state))))
        .isEqualTo(RunStateCodec.encode(state));
  }
}
