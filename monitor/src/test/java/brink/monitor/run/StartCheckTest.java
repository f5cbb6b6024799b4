package brink.monitor.run;

import static org.assertj.core.api.Assertions.assertThat;

import brink.v1.ResumedFrom;
import brink.v1.RunStarted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StartCheckTest {
  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, (1L << 53) + 1, Long.MAX_VALUE})
  void check_resumedFromAnImpossibleStep_namesIt(long step) {
    assertThat(RunFold.check(from(step)).orElseThrow().detail())
        .startsWith("resumed_from.step is " + step);
  }

  @Test
  void check_resumedFromAStep_isWell() {
    assertThat(RunFold.check(from(0))).isEmpty();
    assertThat(RunFold.check(from(1_000_000))).isEmpty();
  }

  private static RunStarted from(long step) {
    return RunStarted.newBuilder()
        .setRunId("r")
        .setResumedFrom(ResumedFrom.newBuilder().setRunId("other").setStep(step))
        .build();
  }
}
