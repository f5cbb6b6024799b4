package brink.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import brink.distribution.broker.BrokerSettings;
import brink.distribution.broker.EmbeddedBroker;
import brink.monitor.catalogue.TopicReader;
import brink.schemas.KafkaSettings;
import brink.schemas.Topic;
import brink.trainer.checkpoint.CheckpointFile;
import brink.trainer.checkpoint.CheckpointFolder;
import brink.v1.RunEvent;
import brink.v1.StepObserved;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on a GPU, which is emulated, publish what the processor publishes. */
final class EmulatedGpuIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int STEPS = 60;

  // n·4·u of float32 for the sums of n = 60 examples, tenfold by the normalizations, at each step
  private static final double PER_STEP = 10 * 60 * 4 * 0x1p-24;
  // two eigensolvers that stop at 0.7 % each
  private static final double OF_SHARPNESS = 2 * 0.007;

  private static final List<String> TRAIN =
      List.of(
          "train",
          "--problem=mlp-bn",
          "--hidden=8",
          "--data=synthetic:teacher?n=60&d=10&classes=3&test=0",
          "--precision=float32",
          "--steps=" + STEPS,
          "--evaluate-every=0");

  @TempDir Path folder;

  @Test
  void run_onTheGpu_publishesWhatTheProcessorDoes() throws Exception {
    Map<String, String> gpu = EmulatedGpu.build(folder.resolve("gpu"));
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(BrokerSettings.onAnyPort(folder.resolve("kafka")))) {
      String servers = "--bootstrap-servers=" + broker.bootstrapServers();
      assertThat(Program.run(arguments(servers, "--run-id=cpu", "--threads=1")).exitCode())
          .isZero();
      toItsEnd(gpu, arguments(servers, "--run-id=gpu", "--device=cuda"));
      killedAndResumed(gpu, servers);

      KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
      List<StepObserved> expected = steps(kafka, "cpu");
      assertThat(device(kafka, "cpu")).startsWith("cpu");
      assertThat(device(kafka, "gpu")).isEqualTo("cuda:0 (emulation, cuBLAS 13.0.0)");
      assertThat(device(kafka, "spilled"))
          .isEqualTo("cuda:0 (emulation, cuBLAS 13.0.0), examples in the machine's memory");
      assertSame(steps(kafka, "gpu"), expected);
      assertSame(steps(kafka, "spilled"), expected);
    }
  }

  private static String[] arguments(String... more) {
    List<String> all = new ArrayList<>(TRAIN);
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private void toItsEnd(Map<String, String> gpu, String... arguments) throws Exception {
    Path log = Files.createTempFile(folder, "trainer", ".log");
    try (ProgramProcess trainer = ProgramProcess.start(log, gpu, arguments)) {
      assertThat(trainer.await(PATIENCE)).withFailMessage(() -> text(log)).isZero();
    }
  }

  private void killedAndResumed(Map<String, String> gpu, String servers) throws Exception {
    Path checkpoints = folder.resolve("checkpoints");
    Path log = folder.resolve("killed.log");
    String[] slowly =
        arguments(
            servers,
            "--run-id=spilled",
            "--device=cuda",
            "--spill=on",
            "--rate=10",
            "--checkpoint-dir=" + checkpoints,
            "--checkpoint-every=5");
    try (ProgramProcess trainer = ProgramProcess.start(log, gpu, slowly)) {
      await()
          .atMost(PATIENCE)
          .failFast(
              () ->
                  assertThat(trainer.isAlive())
                      .withFailMessage(() -> "the trainer ended early: " + text(log))
                      .isTrue())
          .until(() -> newest(checkpoints) >= 20);
      trainer.kill();
    }
    assertThat(newest(checkpoints)).isLessThan(STEPS);
    // auto would not spill so few examples
    toItsEnd(gpu, "train", "--resume=" + checkpoints, "--spill=auto", servers);
  }

  private static long newest(Path checkpoints) {
    return Files.isDirectory(checkpoints)
        ? CheckpointFolder.newestFirst(checkpoints).stream()
            .findFirst()
            .map(file -> CheckpointFile.read(file).nextStep())
            .orElse(0L)
        : 0;
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertSame(List<StepObserved> found, List<StepObserved> expected) {
    assertThat(found.stream().map(StepObserved::getStep))
        .containsExactlyElementsOf(LongStream.range(0, STEPS).boxed().toList());
    for (int i = 0; i < STEPS; i++) {
      StepObserved here = found.get(i);
      StepObserved there = expected.get(i);
      double rounding = PER_STEP * (i + 1);
      assertClose(here.getLoss(), there.getLoss(), rounding);
      assertClose(here.getWeightNormSquared(), there.getWeightNormSquared(), rounding);
      assertClose(here.getGradientNormSquared(), there.getGradientNormSquared(), 2 * rounding);
      assertThat(here.getSharpnessCount()).isEqualTo(there.getSharpnessCount());
      for (int j = 0; j < there.getSharpnessCount(); j++) {
        assertClose(
            here.getSharpness(j).getEigenvalues(0),
            there.getSharpness(j).getEigenvalues(0),
            OF_SHARPNESS);
      }
    }
  }

  private static void assertClose(double actual, double expected, double relative) {
    assertThat(actual).isCloseTo(expected, within(relative * Math.abs(expected)));
  }

  private static String device(KafkaSettings kafka, String run) {
    List<RunEvent> found = new ArrayList<>();
    read(kafka, Topic.RUNS, run, RunEvent::parseFrom, found);
    return found.getFirst().getStarted().getProducer().getDevice();
  }

  private static List<StepObserved> steps(KafkaSettings kafka, String run) {
    List<StepObserved> found = new ArrayList<>();
    read(kafka, Topic.STEPS, run, StepObserved::parseFrom, found);
    return found;
  }

  @FunctionalInterface
  private interface Parser<T> {
    T parse(byte[] bytes) throws InvalidProtocolBufferException;
  }

  private static <T> void read(
      KafkaSettings kafka, Topic topic, String run, Parser<T> parser, List<T> into) {
    try (TopicReader reader = TopicReader.open(kafka, topic)) {
      reader.readToEnd(
          message -> {
            if (new String(message.key(), StandardCharsets.UTF_8).equals(run)) {
              into.add(parsed(parser, message.value()));
            }
          });
    }
  }

  private static <T> T parsed(Parser<T> parser, byte[] bytes) {
    try {
      return parser.parse(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }
}
