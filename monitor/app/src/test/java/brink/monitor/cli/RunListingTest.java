package brink.monitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.catalogue.RunEntry;
import brink.monitor.outcome.RunOutcome;
import brink.v1.Evidence;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.RunEnded;
import brink.v1.RunStarted;
import brink.v1.RunStatus;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunListingTest {
  private static final RegimeChanged EDGE =
      RegimeChanged.newBuilder()
          .setFrom(Regime.REGIME_STABLE)
          .setTo(Regime.REGIME_EDGE)
          .setDetectedAtStep(1_545)
          .setOnsetStep(1_537)
          .setEvidence(Evidence.newBuilder().setStabilityRatio(1.0034))
          .build();
  private static final RegimeChanged STABLE =
      RegimeChanged.newBuilder()
          .setFrom(Regime.REGIME_STARTING)
          .setTo(Regime.REGIME_STABLE)
          .setDetectedAtStep(20)
          .build();

  private final RunEntry edge =
      run("bn-linear-3679ef4f-1", "sweep", 0.05, RunStatus.RUN_STATUS_COMPLETED, EDGE);
  private final RunEntry stable =
      run("bn-linear-3679ef4f-2", "sweep", 1e-4, RunStatus.RUN_STATUS_FAILED, STABLE);
  private final RunEntry unseen = run("bn-linear-3679ef4f-3", "sweep", 0.5, null);
  private final RunEntry left =
      run(
          "bn-linear-3679ef4f-4",
          "sweep",
          0.5,
          null,
          EDGE,
          STABLE.toBuilder().setFrom(Regime.REGIME_EDGE).setDetectedAtStep(2_000).build());

  private static RunEntry run(
      String id, String group, double rate, @Nullable RunStatus ended, RegimeChanged... changes) {
    RunStarted started =
        RunStarted.newBuilder()
            .setRunId(id)
            .setName("a name of some length for " + id)
            .setGroup(group)
            .setProblem("bn-linear")
            .setStartedAt(Timestamp.newBuilder().setSeconds(1_800_000_000))
            .setLearningRate(rate)
            .setWeightDecay(4e-4)
            .setPlannedSteps(20_000)
            .putTags("seed", "1")
            .build();
    return new RunEntry(
        id,
        started,
        ended == null ? null : RunEnded.newBuilder().setStatus(ended).build(),
        List.of(changes),
        null,
        RunOutcome.of(started, List.of(changes), List.of()),
        ended == null ? 1_536L : 19_999L,
        Instant.EPOCH);
  }

  @Test
  void table_at80Columns_hasTheOutcomeAndNoBrokenNumber() {
    assertThat(new RunListing(List.of(edge, stable, unseen, left)).table(80))
        .containsExactly(
            "ID                       η     λ         STEPS  STATUS     OUTCOME",
            "bn-linear-3679ef4f-1  0.05  4e-4        20,000  COMPLETED  EDGE@1,537",
            "bn-linear-3679ef4f-2  1e-4  4e-4        20,000  FAILED     STABLE",
            "bn-linear-3679ef4f-3   0.5  4e-4  1,537/20,000  RUNNING    not known",
            "bn-linear-3679ef4f-4   0.5  4e-4  1,537/20,000  RUNNING    EDGE@1,537 → STABLE");
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 60, 80, 100, 132, 200})
  void table_atAnyWidth_fits(int width) {
    assertThat(new RunListing(List.of(edge, stable, unseen, left)).table(width))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
  }

  @Test
  void table_withoutTerminal_hasAllColumns() {
    assertThat(new RunListing(List.of(edge)).table(Integer.MAX_VALUE).getFirst())
        .isEqualTo(
            "ID                    NAME                                            GROUP  PROBLEM"
                + "    STARTED (UTC)           η     λ   STEPS  STATUS     OUTCOME         s");
  }

  @Test
  void wideTable_saysTheOutcomeInWords() {
    assertThat(new RunListing(List.of(edge)).wideTable().getLast())
        .contains("NOT_TESTED", "seed=1")
        .endsWith(
            "entered the edge at step 1,537; the flow was not tested; s = 1.003 at step"
                + " 1,545");
  }

  @Test
  void summary_ofRuns_countsOutcomesAndTrouble() {
    assertThat(new RunListing(List.of(edge, stable, unseen, left)).summary())
        .isEqualTo(
            "4 runs: 2 EDGE, 1 STABLE, 1 not known; 2 running, 0 silent, 1 in trouble (failed or"
                + " diverged)");
    assertThat(new RunListing(List.of(unseen)).summary()).startsWith("1 run: 1 not known; ");
  }

  @Test
  void table_ofOthersText_isEscaped() {
    RunEntry hostile = run("a\u001b[2Jb\u009b", "\u202egroup", 1, null);

    assertThat(new RunListing(List.of(hostile)).table(Integer.MAX_VALUE).getLast())
        .startsWith("a\\u001b[2Jb\\u009b")
        .contains("\\u202egroup")
        .doesNotContain("\u001b", "\u009b", "\u202e");
  }

  @Test
  void order_byEdge_hasWhatIsNotKnownLast() {
    assertThat(RunOrder.edge.of(List.of(stable, edge))).containsExactly(edge, stable);
    assertThat(RunOrder.lr.of(List.of(edge, unseen, stable))).containsExactly(stable, edge, unseen);
    assertThat(RunOrder.started.of(List.of(edge, stable))).containsExactly(edge, stable);
  }
}
