package brink.monitor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import brink.v1.RunStarted;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class RunStateCodecTest {
  private final byte[] fresh =
      RunStateCodec.encode(new RunFold().start(RunStarted.newBuilder().setRunId("run-é").build()));

  @Test
  void decode_encoded_isTheSame() {
    RunState state = RunStateCodec.decode(fresh);
    assertThat(state.runId()).isEqualTo("run-é");
    assertThat(state.lastStep()).isEmpty();
    assertThat(RunStateCodec.encode(state)).isEqualTo(fresh);
  }

  @Test
  void decode_otherVersion_isRefused() {
    byte[] other = fresh.clone();
    other[0] = 99;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunStateCodec.decode(other))
        .withMessageContaining("reset");
  }

  @Test
  void decode_firstVersion_isARunOfPlainDescent() {
    // the first version had neither the motion's nine bytes after id and tolerance, nor the mark's
    // regime; this state has no mark
    int motion = 1 + Short.BYTES + "run-é".getBytes(StandardCharsets.UTF_8).length + Double.BYTES;
    byte[] first = new byte[fresh.length - 9];
    System.arraycopy(fresh, 0, first, 0, motion);
    System.arraycopy(fresh, motion + 9, first, motion, first.length - motion);
    first[0] = 1;
    assertThat(RunStateCodec.encode(RunStateCodec.decode(first))).isEqualTo(fresh);
  }

  @Test
  void decode_cutOrLengthened_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunStateCodec.decode(Arrays.copyOf(fresh, fresh.length - 1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunStateCodec.decode(Arrays.copyOf(fresh, fresh.length + 1)));
    assertThatIllegalArgumentException().isThrownBy(() -> RunStateCodec.decode(new byte[0]));
  }
}
