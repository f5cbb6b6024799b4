package brink.trainer.dl4j;

import brink.trainer.data.Split;
import brink.trainer.model.ModelReader;
import brink.trainer.model.SavedModel;
import java.nio.file.Path;

/** What DL4J's ModelSerializer wrote, as {@code dl4j:FILE}. */
public final class Dl4jModels implements ModelReader {
  @Override
  public String scheme() {
    return "dl4j";
  }

  @Override
  public SavedModel read(Path file, Split data, boolean all) {
    return Dl4jModel.read(file, data, all);
  }
}
