package brink.trainer.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which arrays of an archive are which.
 *
 * @param xTest null if there are none for testing
 * @param yTest null likewise
 */
record NpzMembers(String x, String y, @Nullable String xTest, @Nullable String yTest) {
  private static final List<String> FEATURES =
      List.of("x_train", "train_x", "x", "features", "images", "data");
  private static final List<String> TARGETS =
      List.of("y_train", "train_y", "y", "targets", "labels", "target");

  /**
   * Those that the parameters name, or that have usual names.
   *
   * @throws DataException if that leaves features or targets open
   */
  static NpzMembers of(NpzFile file, SourceParameters parameters) {
    String x = named(file, parameters, "x", FEATURES);
    String y = named(file, parameters, "y", TARGETS);
    String xTest = parameters.text("xtest");
    String yTest = parameters.text("ytest");
    if ((xTest == null) != (yTest == null)) {
      throw file.unknown("xtest= and ytest= are given together or not at all");
    }
    boolean own = parameters.text("fraction") != null || parameters.text("seed") != null;
    if (xTest == null && !own && parameters.text("x") == null && parameters.text("y") == null) {
      xTest = file.first(List.of("x_test", "test_x")).orElse(null);
      yTest = file.first(List.of("y_test", "test_y")).orElse(null);
    }
    return new NpzMembers(x, y, xTest, yTest);
  }

  private static String named(
      NpzFile file, SourceParameters parameters, String key, List<String> usual) {
    String given = parameters.text(key);
    if (given != null) {
      return given;
    }
    return file.first(usual)
        .orElseThrow(
            () ->
                file.unknown(
                    "no array is called %s; say %s=NAME".formatted(String.join(", ", usual), key)));
  }
}
