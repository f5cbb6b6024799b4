package brink.trainer.problem;

import brink.trainer.data.DataException;
import brink.trainer.data.DataOptions;
import brink.trainer.data.Split;
import brink.trainer.request.DataChoice;
import brink.trainer.request.OptionException;
import brink.trainer.request.RunRequest;

/**
 * What a problem is built from.
 *
 * @param request what is asked of the run
 * @param source where the examples come from: what the request says, or the problem's default
 * @param reader of the examples
 */
public record ProblemInput(RunRequest request, String source, DataReader reader) {
  /** The input of a request. */
  public static ProblemInput of(
      RunRequest request, ProblemKind.Defaults defaults, DataReader reader) {
    String source = request.data().source();
    return new ProblemInput(request, source != null ? source : defaults.data(), reader);
  }

  /**
   * The examples, with features standardized.
   *
   * @throws OptionException if they cannot be used
   */
  Split load() {
    return load(true);
  }

  /** The same, with features standardized or as they are. */
  Split load(boolean standardized) {
    DataChoice data = request.data();
    try {
      return reader.read(
          source,
          new DataOptions(
              data.trainSize(),
              data.testSize(),
              DataOptions.DEFAULT.testFraction(),
              request.problem().seed(),
              standardized));
    } catch (DataException e) {
      throw OptionException.ofData(e);
    }
  }
}
