package brink.trainer.model;

import brink.trainer.data.Split;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Reads the networks that a library saves. A library plugs in as a service ({@link ServiceLoader}),
 * so that neither the engine nor the command line needs to know it.
 */
public interface ModelReader {
  /** What names of problems begin with, without the colon. */
  String scheme();

  /**
   * Reads a network.
   *
   * @param all whether all parameters are trained, and not only the weights that go straight to a
   *     normalization
   * @throws IllegalArgumentException if network and data do not fit, nothing is left to be trained,
   *     or the loss is not the same twice; the message is one line
   */
  SavedModel read(Path file, Split data, boolean all);

  /** The reader of a scheme among those on the class path; empty if there is none. */
  static Optional<ModelReader> of(String scheme) {
    return ServiceLoader.load(ModelReader.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(reader -> reader.scheme().equals(scheme))
        .findFirst();
  }
}
