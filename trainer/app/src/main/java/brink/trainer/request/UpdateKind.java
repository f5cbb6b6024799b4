package brink.trainer.request;

import java.util.Locale;

/** Where the weights move. */
public enum UpdateKind {
  /** In space: gradient descent with weight decay, and with momentum if there is some. */
  GD,
  /**
   * On the unit sphere: projected gradient descent, where the learning rate is the effective one.
   */
  SPHERE;

  /** As on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
