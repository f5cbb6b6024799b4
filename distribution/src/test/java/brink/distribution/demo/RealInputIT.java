package brink.distribution.demo;

import static org.assertj.core.api.Assertions.assertThat;

import brink.distribution.FreePort;
import brink.distribution.Program;
import brink.monitor.catalogue.RunEntry;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo on files in the formats that people have. */
final class RealInputIT {
  private static final String RUN = "files";
  private static final int PIXELS = 3 * 32 * 32;

  @TempDir Path data;
  @TempDir Path files;

  @Test
  void demo_csvWithWordsAsClasses_trainsOnAllOfItsTrainingRows() throws IOException {
    Path csv = files.resolve("flowers.csv");
    Files.write(csv, table(120));

    demo("csv:" + csv, "--steps", "200");

    RunStarted started = started("csv:" + csv);
    // A fifth is held out.
    assertThat(started.getTrainSize()).isEqualTo(96);
    assertThat(started.getData().getSplit().getHeldOut()).isEqualTo(24);
    assertThat(started.getData().getTarget()).isEqualTo("column 4, species");
    assertThat(started.getData().getSummary()).startsWith("flowers.csv: 96 rows to train on");
  }

  @Test
  void demo_cifarFolder_trainsOnAsManyImagesAsAsked() throws IOException {
    for (int batch = 1; batch <= 5; batch++) {
      images(files.resolve("data_batch_" + batch + ".bin"), 30, batch);
    }
    images(files.resolve("test_batch.bin"), 30, 0);

    demo("cifar10:" + files, "--steps", "30", "--train-size", "100", "--test-size", "20");

    RunStarted started = started("cifar10:" + files);
    assertThat(started.getTrainSize()).isEqualTo(100);
    assertThat(started.getNetwork()).contains("3072");
  }

  private void demo(String source, String... more) {
    String[] problem = {"--exit", "--problem", "mlp-bn", "--data", source};
    String[] all =
        Stream.concat(List.of(problem).stream(), List.of(more).stream()).toArray(String[]::new);
    Program.Result demo = Program.run(Demos.arguments(data, FreePort.find(), RUN, all));
    assertThat(demo.err()).isEmpty();
    assertThat(demo.exitCode()).isZero();
  }

  private RunStarted started(String dataset) {
    try (StoredDemo demo = StoredDemo.open(data)) {
      RunEntry run = demo.run(RUN);
      assertThat(run.status()).isEqualTo(RunEntry.Status.COMPLETED);
      List<StepObserved> steps = demo.report(RUN).steps();
      assertThat(steps.getLast().getLoss()).isLessThan(steps.getFirst().getLoss());
      assertThat(steps.getFirst().getEvaluation().hasTestAccuracy()).isTrue();
      RunStarted started = Objects.requireNonNull(run.started());
      assertThat(started.getDataset()).isEqualTo(dataset);
      assertThat(run.lastStep()).isEqualTo(started.getPlannedSteps() - 1);
      return started;
    }
  }

  /** Three kinds of flowers around centres of their own. */
  private static List<String> table(int rows) {
    Random random = new Random(1);
    List<String> names = List.of("setosa", "versicolor", "virginica");
    List<String> lines = new ArrayList<>(List.of("length,width,colour,species"));
    IntStream.range(0, rows)
        .forEach(
            row -> {
              int kind = row % 3;
              lines.add(
                  "%s,%s,%s,%s"
                      .formatted(
                          kind + random.nextGaussian(),
                          2 - kind + random.nextGaussian(),
                          random.nextGaussian(),
                          names.get(kind)));
            });
    return lines;
  }

  /** Images in CIFAR-10's binary format: a byte of label, then 3072 of pixels. */
  private static void images(Path file, int count, long seed) throws IOException {
    Random random = new Random(seed);
    byte[] bytes = new byte[count * (1 + PIXELS)];
    random.nextBytes(bytes);
    for (int i = 0; i < count; i++) {
      bytes[i * (1 + PIXELS)] = (byte) random.nextInt(10);
    }
    Files.write(file, bytes);
  }
}
