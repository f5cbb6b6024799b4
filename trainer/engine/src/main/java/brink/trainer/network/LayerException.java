package brink.trainer.network;

/** A layer that cannot be built; the message names it. */
public final class LayerException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String layer;

  /**
   * A refusal.
   *
   * @param layer name of the layer
   * @param problem what was expected and found
   */
  LayerException(String layer, String problem) {
    super("layer " + layer + ": " + problem);
    this.layer = layer;
  }

  /** Name of the layer. */
  public String layer() {
    return layer;
  }
}
