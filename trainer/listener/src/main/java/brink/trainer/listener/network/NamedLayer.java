package brink.trainer.listener.network;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;

/**
 * A layer of a DL4J network.
 *
 * @param name as in its configuration, or its number
 * @param normalized whether all that its output goes to is batch normalization
 * @param epsilon the largest ε of these; 0 if there are none
 */
public record NamedLayer(String name, Layer layer, boolean normalized, double epsilon) {
  /** Its configuration; that of the layer itself if it is frozen. */
  public org.deeplearning4j.nn.conf.layers.Layer configuration() {
    return layer.conf().getLayer() instanceof FrozenLayer frozen
        ? frozen.getLayer()
        : layer.conf().getLayer();
  }

  /** DL4J's name of what it is, for example DenseLayer. */
  public String kind() {
    return configuration().getClass().getSimpleName();
  }
}
