package brink.trainer.network.file;

import brink.trainer.network.LayerSpec;
import brink.trainer.network.LayerSpec.PoolKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Layers of a file; layers without a name are called after their type and place. */
final class LayerReader {
  /** Aliases could nest a residual layer in itself for ever. */
  private static final int DEEPEST = 16;

  private static final int DEFAULT_KERNEL = 3;

  private final Path file;
  private final LayerDefaults defaults;
  private final Map<String, Integer> lines = new LinkedHashMap<>();
  private int count;

  LayerReader(Path file, LayerDefaults defaults) {
    this.file = file;
    this.defaults = defaults;
  }

  /** Lines of the layers that were read, by name. */
  Map<String, Integer> lines() {
    return Map.copyOf(lines);
  }

  List<LayerSpec> read(List<Node> nodes) {
    return read(nodes, 0);
  }

  private List<LayerSpec> read(List<Node> nodes, int depth) {
    List<LayerSpec> layers = new ArrayList<>();
    for (Node node : nodes) {
      YamlMap map = new YamlMap(file, node, "a layer");
      if (depth > DEEPEST) {
        throw new NetworkFileException(
            file, map.line(), "residual layers are nested more than " + DEEPEST + " deep");
      }
      layers.add(checked(map, depth));
      map.requireNothingElse();
    }
    return layers;
  }

  private LayerSpec checked(YamlMap map, int depth) {
    try {
      return read(map, depth);
    } catch (IllegalArgumentException e) {
      throw new NetworkFileException(file, map.line(), String.valueOf(e.getMessage()));
    }
  }

  private LayerSpec read(YamlMap map, int depth) {
    String type = map.text("type");
    String name = name(map, type);
    return switch (type) {
      case "dense" -> {
        LayerDefaults own = defaults.with(map);
        yield new LayerSpec.Dense(name, map.required("units"), own.normalizer(), own.activation());
      }
      case "convolution" -> convolution(name, map);
      case "max-pool" -> pool(name, PoolKind.MAX, map);
      case "average-pool" -> pool(name, PoolKind.AVERAGE, map);
      case "global-max-pool" -> new LayerSpec.GlobalPool(name, PoolKind.MAX);
      case "global-average-pool" -> new LayerSpec.GlobalPool(name, PoolKind.AVERAGE);
      case "activation" ->
          new LayerSpec.Activate(
              name,
              Objects.requireNonNullElse(
                  map.choice("activation", LayerDefaults.ACTIVATIONS), defaults.activation()));
      case "residual" ->
          new LayerSpec.Residual(
              name, read(map.list("body"), depth + 1), read(map.list("shortcut"), depth + 1));
      case "subsample" ->
          new LayerSpec.Subsample(name, orElse(map.integer("stride"), 1), map.required("channels"));
      case null, default ->
          throw new NetworkFileException(
              file,
              map.line(),
              "type: expected one of activation, average-pool, convolution, dense,"
                  + " global-average-pool, global-max-pool, max-pool, residual, subsample, found "
                  + (type == null ? "none" : type));
    };
  }

  private String name(YamlMap map, @Nullable String type) {
    count++;
    String name = Objects.requireNonNullElse(map.text("name"), type + "" + count);
    if (lines.put(name, map.line()) != null) {
      throw new NetworkFileException(
          file, map.line(), "another layer has the name '" + name + "', and names are unique");
    }
    return name;
  }

  private LayerSpec convolution(String name, YamlMap map) {
    LayerDefaults own = defaults.with(map);
    int kernel = orElse(map.integer("kernel"), DEFAULT_KERNEL);
    return new LayerSpec.Convolution(
        name,
        map.required("filters"),
        kernel,
        orElse(map.integer("stride"), 1),
        orElse(map.integer("padding"), (kernel - 1) / 2),
        own.normalizer(),
        own.activation());
  }

  private static LayerSpec pool(String name, PoolKind kind, YamlMap map) {
    int window = map.required("window");
    return new LayerSpec.Pool(name, kind, window, orElse(map.integer("stride"), window));
  }

  private static int orElse(@Nullable Integer value, int otherwise) {
    return value == null ? otherwise : value;
  }
}
