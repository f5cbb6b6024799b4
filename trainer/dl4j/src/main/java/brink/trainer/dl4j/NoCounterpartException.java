package brink.trainer.dl4j;

import brink.trainer.listener.network.NamedLayer;

/** A network that cannot be written in Brink's own layers; the message names what it is due to. */
final class NoCounterpartException extends Exception {
  private static final long serialVersionUID = 1L;

  NoCounterpartException(String reason) {
    super(reason);
  }

  /**
   * A layer that is the reason.
   *
   * @param reason what it does that Brink's layers do not
   */
  static NoCounterpartException of(NamedLayer layer, String reason) {
    return new NoCounterpartException(
        "layer %s (%s) %s".formatted(layer.name(), layer.kind(), reason));
  }

  /** The message, which is never null. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
