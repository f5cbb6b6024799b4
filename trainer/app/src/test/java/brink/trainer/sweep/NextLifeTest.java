package brink.trainer.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.publish.PublishedRuns;
import brink.trainer.request.RunOption;
import brink.trainer.request.RunOptions;
import brink.v1.RunEnded;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import brink.v1.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NextLifeTest {
  @TempDir private Path folder;

  private final List<RunEvent> events = new ArrayList<>();
  private long clock;

  private SweepPlan plan() {
    SequencedMap<RunOption<?>, List<String>> values = new LinkedHashMap<>();
    values.put(RunOptions.named("--lr").orElseThrow(), List.of("0.1", "0.2"));
    values.put(RunOptions.named("--group").orElseThrow(), List.of("g"));
    values.put(RunOptions.named("--checkpoint-dir").orElseThrow(), List.of(folder.toString()));
    return SweepPlan.of(List.of(new Arm("", values)));
  }

  private SweptRun run() {
    return plan().runs().getFirst();
  }

  private NextLife next() {
    return NextLife.of(run(), "g", PublishedRuns.of(events));
  }

  private void started(String runId, String digest) {
    RunStarted.Builder started =
        RunStarted.newBuilder().setRunId(runId).setGroup("g").putTags(SweepPlan.DIGEST_TAG, digest);
    started.getStartedAtBuilder().setSeconds(++clock);
    events.add(RunEvent.newBuilder().setStarted(started).build());
  }

  private void ended(String runId, RunStatus status) {
    events.add(
        RunEvent.newBuilder()
            .setEnded(RunEnded.newBuilder().setRunId(runId).setStatus(status))
            .build());
  }

  private void checkpoint(String runId) throws IOException {
    Path file = folder.resolve(runId).resolve("step-000000000100.checkpoint");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
  }

  @Test
  void of_neverStarted_beginsUnderAnIdThatSaysItsSettings() {
    assertThat(next()).isEqualTo(new NextLife.Anew("g-lr0.1", null));
  }

  @Test
  void of_idThatAnotherRunHas_takesTheNext() {
    started("g-lr0.1", "of another sweep of this group");
    assertThat(next()).isEqualTo(new NextLife.Anew("g-lr0.1-2", null));
  }

  @ParameterizedTest
  @EnumSource(names = {"RUN_STATUS_COMPLETED", "RUN_STATUS_DIVERGED"})
  void of_cameToItsEnd_isOver(RunStatus status) {
    started("a", run().digest());
    ended("a", status);
    started("b", run().digest());
    assertThat(next()).isEqualTo(new NextLife.Over("a", status));
  }

  @Test
  void of_interruptedWithACheckpoint_goesOnFromIt() throws IOException {
    started("g-lr0.1", run().digest());
    checkpoint("g-lr0.1");
    assertThat(next()).isEqualTo(new NextLife.Resumed("g-lr0.1", folder.resolve("g-lr0.1")));
    ended("g-lr0.1", RunStatus.RUN_STATUS_STOPPED);
    assertThat(next()).isInstanceOf(NextLife.Resumed.class);
  }

  @Test
  void of_interruptedWithoutACheckpoint_beginsAnewAndTheOpenOneIsNamed() {
    started("g-lr0.1", run().digest());
    assertThat(next()).isEqualTo(new NextLife.Anew("g-lr0.1-2", "g-lr0.1"));
    ended("g-lr0.1", RunStatus.RUN_STATUS_STOPPED);
    assertThat(next()).isEqualTo(new NextLife.Anew("g-lr0.1-2", null));
    started("g-lr0.1-2", run().digest());
    assertThat(next()).isEqualTo(new NextLife.Anew("g-lr0.1-3", "g-lr0.1-2"));
  }
}
