package brink.trainer.network.file;

import brink.trainer.files.FileTrouble;
import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Loss;
import brink.trainer.network.LayerException;
import brink.trainer.network.LayerSpec;
import brink.trainer.network.NetworkSpec;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A network that a YAML file describes; JSON is YAML, too.
 *
 * @param path of the file
 * @param spec the network
 * @param lines of the layers, by name
 */
public record NetworkFile(Path path, NetworkSpec spec, Map<String, Integer> lines) {
  private static final LayerDefaults DEFAULTS = new LayerDefaults("batch", Activation.TANH, 1, 0);

  /**
   * Reads a file.
   *
   * <p>What is not null replaces what the file says for all layers, but not what it says for one.
   *
   * @param groups of group normalization
   * @param epsilon ε of batch, layer and group normalization
   * @throws NetworkFileException naming file and line, what was expected and found
   */
  public static NetworkFile read(
      Path path,
      Loss loss,
      @Nullable String normalization,
      @Nullable Activation activation,
      @Nullable Integer groups,
      @Nullable Double epsilon) {
    YamlMap map = new YamlMap(path, root(path), "a network");
    LayerReader reader =
        new LayerReader(path, DEFAULTS.with(map).with(normalization, activation, groups, epsilon));
    List<LayerSpec> layers = reader.read(map.list("layers"));
    double logitScale =
        Objects.requireNonNullElse(map.number("logit-scale"), NetworkSpec.DEFAULT_LOGIT_SCALE);
    map.requireNothingElse();
    try {
      return new NetworkFile(path, new NetworkSpec(layers, loss, logitScale), reader.lines());
    } catch (IllegalArgumentException e) {
      throw new NetworkFileException(path, String.valueOf(e.getMessage()));
    }
  }

  private static Node root(Path path) {
    LoadSettings settings = LoadSettings.builder().setLabel(path.toString()).build();
    try {
      return new Compose(settings)
          .composeString(Files.readString(path))
          .orElseThrow(() -> new NetworkFileException(path, "expected a network, found nothing"));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new NetworkFileException(path, line, "no YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new NetworkFileException(path, "no YAML: " + e.getMessage());
    } catch (StackOverflowError e) {
      throw new NetworkFileException(path, "is nested too deeply");
    } catch (NoSuchFileException e) {
      throw new NetworkFileException(path, "no such file");
    } catch (CharacterCodingException e) {
      throw new NetworkFileException(path, "no text in UTF-8");
    } catch (IOException e) {
      throw new NetworkFileException(path, "cannot be read: " + FileTrouble.of(e));
    }
  }

  /** The refusal of a layer, with the line that it stands on. */
  public NetworkFileException located(LayerException refusal) {
    String message = String.valueOf(refusal.getMessage());
    Integer line = lines.get(refusal.layer());
    return line == null
        ? new NetworkFileException(path, message)
        : new NetworkFileException(path, line, message);
  }
}
