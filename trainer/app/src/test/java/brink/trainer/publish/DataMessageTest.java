package brink.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.data.DataOptions;
import brink.trainer.data.DataSource;
import brink.v1.DataClass;
import brink.v1.DataDescription;
import brink.v1.DataSplit;
import brink.v1.DataSplitKind;
import brink.v1.DataTask;
import brink.v1.FeatureScaling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataMessageTest {
  @TempDir Path folder;

  private static brink.trainer.data.DataDescription describe(String source) {
    return DataSource.parse(source).load(DataOptions.DEFAULT.withSeed(3)).description();
  }

  @Test
  void of_table_hasAllThatItTakesToReadItAgain() throws IOException {
    Path file = folder.resolve("a.csv");
    String rows =
        IntStream.range(0, 10)
            .mapToObj(i -> i * i + "," + i + "," + "xy".charAt(i % 2) + "\n")
            .collect(Collectors.joining());
    Files.writeString(file, "p,q,kind\n" + rows);

    DataDescription message = DataMessage.of(describe("csv:" + file));

    assertThat(message.getSummary()).startsWith("a.csv: 8 rows to train on, 2 to test on");
    assertThat(message.getFilesList()).containsExactly(file.toString());
    assertThat(message.getTrainRows()).isEqualTo(8);
    assertThat(message.getTestRows()).isEqualTo(2);
    assertThat(message.getSplit())
        .isEqualTo(
            DataSplit.newBuilder()
                .setKind(DataSplitKind.DATA_SPLIT_KIND_SHUFFLED)
                .setSeed(3)
                .setRows(10)
                .setHeldOut(2)
                .build());
    assertThat(message.getColumnsList()).containsExactly("p", "q");
    assertThat(message.getTarget()).isEqualTo("column 3, kind");
    assertThat(message.getTask()).isEqualTo(DataTask.DATA_TASK_CLASSIFICATION);
    assertThat(message.getClassesList()).extracting(DataClass::getName).containsExactly("x", "y");
    assertThat(
            message.getClassesList().stream().mapToLong(c -> c.getTrain() + c.getTest()).toArray())
        .containsExactly(5, 5);
    assertThat(message.getFeatureScaling()).isEqualTo(FeatureScaling.FEATURE_SCALING_COLUMNS);
    assertThat(message.hasTargetMean()).isFalse();
    assertThat(message.hasImage()).isFalse();
  }

  @Test
  void of_standardizedTargets_saysByWhat() {
    DataDescription message =
        DataMessage.of(describe("synthetic:regression?n=5&d=2").withTargets(0.5, 2));

    assertThat(message.getTask()).isEqualTo(DataTask.DATA_TASK_REGRESSION);
    assertThat(message.getTargetMean()).isEqualTo(0.5);
    assertThat(message.getTargetDeviation()).isEqualTo(2);
    assertThat(message.getSplit().getKind()).isEqualTo(DataSplitKind.DATA_SPLIT_KIND_DRAWN);
    assertThat(message.getSplit().getSeed()).isEqualTo(3);
    assertThat(message.hasClassCount()).isFalse();
  }

  @Test
  void of_thousandsOfColumnsAndClasses_staysSmall() throws IOException {
    Path file = folder.resolve("wide.csv");
    String header =
        IntStream.range(0, 2000)
            .mapToObj(j -> "名".repeat(150) + j)
            .collect(Collectors.joining(","));
    String row = ",1".repeat(1999);
    String rows =
        IntStream.range(0, 200)
            .mapToObj(i -> "c".repeat(200) + i % 100 + row + "\n")
            .collect(Collectors.joining());
    Files.writeString(file, header + "\n" + rows);

    DataDescription message = DataMessage.of(describe("csv:" + file + "?target=first&header=yes"));

    assertThat(message.getClassCount()).isEqualTo(100);
    assertThat(message.getFeatures()).isEqualTo(1999);
    assertThat(message.getSerializedSize()).isLessThan(16_384);
  }
}
