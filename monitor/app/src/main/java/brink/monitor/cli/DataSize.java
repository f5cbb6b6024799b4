package brink.monitor.cli;

import brink.v1.DataDescription;
import brink.v1.DataImage;
import brink.v1.RunStarted;

/** How much data of what shape a run trains on, in a few words. */
final class DataSize {
  private DataSize() {}

  /** For example "120+30 × 4, 3 classes"; empty if the run does not say. */
  static String of(RunStarted started) {
    if (!started.hasData()) {
      return "";
    }
    DataDescription data = started.getData();
    String test = data.getTestRows() == 0 ? "" : "+" + data.getTestRows();
    return data.getTrainRows() + test + " × " + shape(data) + task(data);
  }

  private static String shape(DataDescription data) {
    DataImage image = data.getImage();
    return data.hasImage()
        ? image.getHeight() + "×" + image.getWidth() + "×" + image.getChannels()
        : "" + data.getFeatures();
  }

  private static String task(DataDescription data) {
    return switch (data.getTask()) {
      case DATA_TASK_REGRESSION -> ", regression";
      case DATA_TASK_CLASSIFICATION -> ", " + data.getClassCount() + " classes";
      case DATA_TASK_UNSPECIFIED, UNRECOGNIZED -> "";
    };
  }
}
