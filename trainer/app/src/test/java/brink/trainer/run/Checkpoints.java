package brink.trainer.run;

import brink.trainer.checkpoint.Checkpoint;
import brink.trainer.checkpoint.CheckpointFile;
import brink.trainer.cli.TrainOptions;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.state.SavedState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Plans of runs, and checkpoints of them in a folder. */
abstract class Checkpoints {
  @TempDir Path folder;

  final Kernels kernels = new CpuKernels(1);

  @AfterEach
  void close() {
    kernels.close();
  }

  static final RunPlanner PLANNER = RunPlanner.of(Clock.systemUTC(), new Random(1));

  /** As the command line prepares it. */
  static PreparedRun prepared(Consumer<String> notes, String... arguments) {
    TrainOptions options = new TrainOptions();
    new CommandLine(options.spec()).parseArgs(arguments);
    return options.prepare(notes);
  }

  static PreparedRun prepared(String... arguments) {
    return prepared(note -> {}, arguments);
  }

  RunPlan plan(String... arguments) {
    return PLANNER.plan(prepared(arguments), kernels);
  }

  String[] with(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--resume", folder.toString()));
    return all.toArray(String[]::new);
  }

  /** A checkpoint of a run with these arguments; no state is needed to plan. */
  Path checkpoint(long step, String... arguments) throws IOException {
    return write(step, plan(arguments), arguments);
  }

  Path write(long step, RunPlan plan, String... arguments) throws IOException {
    Path file = folder.resolve("step-%012d.checkpoint".formatted(step));
    CheckpointFile.write(
        file,
        new Checkpoint(
            "first",
            step,
            TrajectorySettings.of(plan),
            prepared(arguments).checkpointing().arguments(),
            OptionalLong.of(step - 1),
            0,
            new SavedState()));
    return file;
  }
}
