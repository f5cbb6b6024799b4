package brink.trainer.publish;

import brink.trainer.data.DataDescription.ClassCount;
import brink.trainer.data.DataDescription.Classification;
import brink.trainer.data.DataDescription.Regression;
import brink.trainer.data.DataDescription.TargetScaling;
import brink.trainer.data.ImageShape;
import brink.trainer.data.SplitRule;
import brink.v1.DataClass;
import brink.v1.DataDescription;
import brink.v1.DataImage;
import brink.v1.DataSplit;
import brink.v1.DataSplitKind;
import brink.v1.DataTask;
import brink.v1.FeatureScaling;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run trains on, as it is published with its start. */
public final class DataMessage {
  /** A start should stay small: what has thousands of columns or classes is told by the first. */
  private static final int MOST = 20;

  private static final int LONGEST = 100;

  private DataMessage() {}

  /** The message. */
  public static DataDescription of(brink.trainer.data.DataDescription data) {
    DataDescription.Builder message =
        DataDescription.newBuilder()
            .setSummary(data.line())
            .addAllFiles(first(data.files()))
            .setTrainRows(data.trainRows())
            .setTestRows(data.testRows())
            .setSplit(split(data.split()))
            .setFeatures(data.features())
            .addAllColumns(first(data.columns()))
            .setTarget(cut(data.target()))
            .setFeatureScaling(
                switch (data.scaling()) {
                  case NONE -> FeatureScaling.FEATURE_SCALING_NONE;
                  case COLUMNS -> FeatureScaling.FEATURE_SCALING_COLUMNS;
                  case CHANNELS -> FeatureScaling.FEATURE_SCALING_CHANNELS;
                })
            .addAllWarnings(data.warnings().stream().limit(MOST).toList());
    setImage(message, data.image(), data.layout(), data.divisor());
    switch (data.task()) {
      case Regression _ -> message.setTask(DataTask.DATA_TASK_REGRESSION);
      case Classification(List<ClassCount> classes) ->
          message
              .setTask(DataTask.DATA_TASK_CLASSIFICATION)
              .setClassCount(classes.size())
              .addAllClasses(classes.stream().limit(MOST).map(DataMessage::classOf).toList());
    }
    TargetScaling targets = data.targetScaling();
    if (targets != null) {
      message.setTargetMean(targets.mean()).setTargetDeviation(targets.deviation());
    }
    return message.build();
  }

  private static List<String> first(List<String> texts) {
    return texts.stream().limit(MOST).map(DataMessage::cut).toList();
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
    return text.substring(0, end) + "…";
  }

  private static DataClass classOf(ClassCount counted) {
    return DataClass.newBuilder()
        .setName(cut(counted.name()))
        .setTrain(counted.train())
        .setTest(counted.test())
        .build();
  }

  private static DataSplit split(SplitRule rule) {
    DataSplit.Builder split = DataSplit.newBuilder();
    switch (rule) {
      case SplitRule.Shuffled(long seed, int rows, int heldOut) ->
          split
              .setKind(DataSplitKind.DATA_SPLIT_KIND_SHUFFLED)
              .setSeed(seed)
              .setRows(rows)
              .setHeldOut(heldOut);
      case SplitRule.Separate _ -> split.setKind(DataSplitKind.DATA_SPLIT_KIND_SEPARATE);
      case SplitRule.Drawn(long seed) ->
          split.setKind(DataSplitKind.DATA_SPLIT_KIND_DRAWN).setSeed(seed);
    }
    return split.build();
  }

  private static void setImage(
      DataDescription.Builder message, @Nullable ImageShape image, String layout, int divisor) {
    if (image != null) {
      message.setImage(
          DataImage.newBuilder()
              .setHeight(image.height())
              .setWidth(image.width())
              .setChannels(image.channels())
              .setLayout(layout)
              .setDivisor(divisor));
    }
  }
}
