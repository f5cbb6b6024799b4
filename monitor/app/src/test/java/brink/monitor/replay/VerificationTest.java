package brink.monitor.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brink.monitor.replay.Verification.Behind;
import brink.monitor.replay.Verification.Different;
import brink.monitor.replay.Verification.Same;
import brink.v1.Evidence;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class VerificationTest {
  private static final RegimeChanged STABLE = change(Regime.REGIME_STARTING, Regime.REGIME_STABLE);
  private static final RegimeChanged EDGE = change(Regime.REGIME_STABLE, Regime.REGIME_EDGE);

  @Test
  void compare_equalLists_isSame() {
    assertThat(Verification.compare(List.of(STABLE, EDGE), List.of(STABLE, EDGE), 0))
        .isEqualTo(new Same(2));
  }

  @Test
  void compare_withWallClockVerdicts_passesOverThem() {
    RegimeChanged stalled = change(Regime.REGIME_STABLE, Regime.REGIME_STALLED);
    RegimeChanged back = change(Regime.REGIME_STALLED, Regime.REGIME_STABLE);

    assertThat(Verification.compare(List.of(STABLE, stalled, back, EDGE), List.of(STABLE, EDGE), 0))
        .isEqualTo(new Same(2));
  }

  @Test
  void compare_oneBitApart_isDifferent() {
    RegimeChanged almost = EDGE.toBuilder().setEvidence(ratio(Math.nextUp(1.0))).build();
    RegimeChanged exact = EDGE.toBuilder().setEvidence(ratio(1.0)).build();

    assertThat(Verification.compare(List.of(STABLE, exact), List.of(STABLE, almost), 7))
        .isEqualTo(new Different(1, exact, almost));
  }

  @Test
  void compare_fewerRecordedWhileTheMonitorLags_isBehind() {
    assertThat(Verification.compare(List.of(STABLE), List.of(STABLE, EDGE), 7))
        .isEqualTo(new Behind(1, 2, 7));
  }

  @Test
  void compare_fewerRecordedByAMonitorThatCaughtUp_isDifferent() {
    assertThat(Verification.compare(List.of(STABLE), List.of(STABLE, EDGE), 0))
        .isEqualTo(new Different(1, null, EDGE));
  }

  @Test
  void compare_moreRecordedThanReplayed_isDifferentEvenIfBehind() {
    assertThat(Verification.compare(List.of(STABLE, EDGE), List.of(STABLE), 7))
        .isEqualTo(new Different(1, EDGE, null));
  }

  @Test
  void behind_ofCommittedOffsets_countsWhatIsLeft() {
    TopicPartition seen = new TopicPartition("brink.steps", 0);
    TopicPartition unseen = new TopicPartition("brink.steps", 1);

    assertThat(
            MonitorProgress.behind(
                Map.of(seen, new OffsetAndMetadata(10)), Map.of(seen, 11L, unseen, 4L)))
        .isEqualTo(2 + 5);
    assertThat(MonitorProgress.behind(Map.of(seen, new OffsetAndMetadata(12)), Map.of(seen, 11L)))
        .isZero();
  }

  @Test
  void range_ofSteps_choosesVerdictsByTheirStep() {
    RegimeChanged late = EDGE.toBuilder().setDetectedAtStep(50).build();

    assertThat(new StepRange(10L, null).of(List.of(STABLE, late))).containsExactly(late);
    assertThat(new StepRange(null, 49L).of(List.of(STABLE, late))).containsExactly(STABLE);
    assertThatThrownBy(() -> new StepRange(2L, 1L)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new StepRange(-1L, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--from-step must be 0 or more, found -1");
    assertThatThrownBy(() -> new StepRange(null, -2L))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--to-step must be 0 or more, found -2");
  }

  private static Evidence ratio(double value) {
    return Evidence.newBuilder().setStabilityRatio(value).build();
  }

  private static RegimeChanged change(Regime from, Regime to) {
    return RegimeChanged.newBuilder().setRunId("run-a").setFrom(from).setTo(to).build();
  }
}
