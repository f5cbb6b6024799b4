package brink.monitor.replay;

import static brink.v1.Regime.REGIME_CATAPULT;
import static brink.v1.Regime.REGIME_EDGE;
import static brink.v1.Regime.REGIME_STABLE;
import static brink.v1.Regime.REGIME_STARTING;
import static org.assertj.core.api.Assertions.assertThat;

import brink.v1.Evidence;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlignedChangeTest {
  private static final RegimeChanged STABLE = change(REGIME_STARTING, REGIME_STABLE, 20);
  private static final RegimeChanged EDGE = change(REGIME_STABLE, REGIME_EDGE, 300);

  @Test
  void align_equalLists_pairsAll() {
    List<AlignedChange> rows = AlignedChange.align(List.of(STABLE, EDGE), List.of(STABLE, EDGE));
    assertThat(rows)
        .containsExactly(new AlignedChange(STABLE, STABLE), new AlignedChange(EDGE, EDGE));
    assertThat(rows).allMatch(AlignedChange::isSame);
  }

  @Test
  void align_oneMoved_pairsItAndCountsItsSteps() {
    RegimeChanged later = EDGE.toBuilder().setDetectedAtStep(308).build();
    List<AlignedChange> rows = AlignedChange.align(List.of(STABLE, EDGE), List.of(STABLE, later));
    assertThat(rows.getLast()).isEqualTo(new AlignedChange(EDGE, later));
    assertThat(rows.getLast().isSame()).isFalse();
    assertThat(rows.getLast().shift()).isEqualTo(8);
  }

  @Test
  void align_oneMissing_leavesItAloneAndPairsTheRest() {
    RegimeChanged straight = change(REGIME_STARTING, REGIME_EDGE, 298);
    assertThat(AlignedChange.align(List.of(STABLE, EDGE), List.of(straight)))
        .containsExactly(new AlignedChange(STABLE, null), new AlignedChange(EDGE, straight));
  }

  @Test
  void align_oneOfSeveralAlike_pairsTheNearest() {
    RegimeChanged again = change(REGIME_STABLE, REGIME_EDGE, 900);
    RegimeChanged near = change(REGIME_STABLE, REGIME_EDGE, 880);
    assertThat(AlignedChange.align(List.of(EDGE, again), List.of(near)))
        .containsExactly(new AlignedChange(EDGE, null), new AlignedChange(again, near));
    assertThat(AlignedChange.align(List.of(near), List.of(EDGE, again)))
        .containsExactly(new AlignedChange(null, EDGE), new AlignedChange(near, again));
  }

  @Test
  void align_nothingInCommon_ordersBySteps() {
    RegimeChanged thrown = change(REGIME_EDGE, REGIME_CATAPULT, 100);
    assertThat(AlignedChange.align(List.of(STABLE, EDGE), List.of(thrown)))
        .containsExactly(
            new AlignedChange(STABLE, null),
            new AlignedChange(null, thrown),
            new AlignedChange(EDGE, null));
  }

  @Test
  void align_withNothing_leavesAllAlone() {
    assertThat(AlignedChange.align(List.of(), List.of())).isEmpty();
    assertThat(AlignedChange.align(List.of(), List.of(EDGE)))
        .containsExactly(new AlignedChange(null, EDGE));
  }

  @Test
  void same_withOtherEvidenceOrVersion_staysTheSame() {
    RegimeChanged changed =
        EDGE.toBuilder()
            .setEvidence(Evidence.newBuilder().setStabilityRatio(1.01))
            .setDetectorVersion("1+detector.window=16")
            .build();
    assertThat(new AlignedChange(EDGE, changed).isSame()).isTrue();
    RegimeChanged onset = changed.toBuilder().setOnsetStep(299).build();
    assertThat(new AlignedChange(EDGE, onset).isSame()).isFalse();
  }

  private static RegimeChanged change(Regime from, Regime to, long step) {
    return RegimeChanged.newBuilder()
        .setRunId("run-a")
        .setFrom(from)
        .setTo(to)
        .setDetectedAtStep(step)
        .build();
  }
}
