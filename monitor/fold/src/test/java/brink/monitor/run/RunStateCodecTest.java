package brink.monitor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import brink.v1.RunStarted;
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
  void decode_cutOrLengthened_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunStateCodec.decode(Arrays.copyOf(fresh, fresh.length - 1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunStateCodec.decode(Arrays.copyOf(fresh, fresh.length + 1)));
    assertThatIllegalArgumentException().isThrownBy(() -> RunStateCodec.decode(new byte[0]));
  }
}
