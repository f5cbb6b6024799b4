package brink.monitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brink.v1.DataDescription;
import brink.v1.DataImage;
import brink.v1.DataTask;
import brink.v1.RunStarted;
import org.junit.jupiter.api.Test;

class DataSizeTest {
  private static String of(DataDescription.Builder data) {
    return DataSize.of(RunStarted.newBuilder().setData(data).build());
  }

  @Test
  void of_table_hasRowsFeaturesAndTask() {
    DataDescription.Builder data =
        DataDescription.newBuilder().setTrainRows(120).setTestRows(30).setFeatures(4);

    assertThat(of(data.setTask(DataTask.DATA_TASK_CLASSIFICATION).setClassCount(3)))
        .isEqualTo("120+30 × 4, 3 classes");
    assertThat(of(data.setTestRows(0).setTask(DataTask.DATA_TASK_REGRESSION)))
        .isEqualTo("120 × 4, regression");
  }

  @Test
  void of_images_hasTheirShape() {
    DataImage.Builder image = DataImage.newBuilder().setHeight(28).setWidth(27).setChannels(3);

    assertThat(of(DataDescription.newBuilder().setTrainRows(5).setImage(image)))
        .isEqualTo("5 × 28×27×3");
  }

  @Test
  void of_runThatDoesNotSay_isEmpty() {
    assertThat(DataSize.of(RunStarted.getDefaultInstance())).isEmpty();
  }
}
