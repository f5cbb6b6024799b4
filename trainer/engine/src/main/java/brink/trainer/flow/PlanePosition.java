package brink.trainer.flow;

import org.jspecify.annotations.Nullable;

/**
 * Where an iterate is in the plane of {@link PlaneOfMotion}.
 *
 * @param anchorStep step of the frame
 * @param slow coordinate along the slow motion, rad, laid end to end with those of earlier frames
 * @param oscillation coordinate along the top eigenvector, rad
 * @param frame how the frame lies to the one before; null but for the first step in it
 */
public record PlanePosition(
    long anchorStep, double slow, double oscillation, @Nullable Frame frame) {
  /**
   * A frame beside the one before.
   *
   * @param sinceStep anchor that the slow direction is the displacement since
   * @param slowOrigin slow coordinate of the frame's origin, rad
   * @param turn how far its axes are from those before; null for a first frame
   */
  public record Frame(long sinceStep, double slowOrigin, @Nullable Turn turn) {}

  /**
   * How the axes of two frames lie to each other.
   *
   * @param slow cosine between the slow directions
   * @param oscillation cosine between the eigenvectors, not negative
   */
  public record Turn(double slow, double oscillation) {}
}
