package brink.trainer.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import java.util.Objects;
import org.hipparchus.linear.ArrayRealVector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Weights that go along the second axis and alternate along the third, seen from where the first
 * one is large: there the slow direction is the second axis and the coordinates are quotients.
 */
class PlaneOfMotionTest {
  private static final double FAR = 1e6;
  private static final int EVERY = 4;

  private final Kernels kernels = new CpuKernels(1);
  private final PlaneOfMotion plane = new PlaneOfMotion(kernels, 3, EVERY);

  @AfterEach
  void close() {
    kernels.close();
  }

  private static double[] weights(long step, double speed) {
    return new double[] {FAR, speed * step, step % 2 == 0 ? 5 : -5};
  }

  private Tensor tensor(double... values) {
    Tensor tensor = kernels.allocate(1, values.length);
    tensor.set(values);
    return tensor;
  }

  /** Where a step is; the frame is set after it. */
  private @Nullable PlanePosition observe(long step, double speed, double sign) {
    Tensor w = tensor(weights(step, speed));
    Tensor next = tensor(weights(step + 1, speed));
    plane.queue(w);
    PlanePosition position = plane.position(kernels.norm(w));
    plane.anchor(step, w, kernels.norm(w), next, kernels.norm(next), tensor(0, 0, sign));
    return position;
  }

  @Test
  void position_ofAZigzag_hasItsAxes() {
    for (long step = 0; step <= EVERY; step++) {
      assertThat(observe(step, 2, 1)).isNull();
    }

    PlanePosition first = Objects.requireNonNull(observe(EVERY + 1, 2, 1));

    assertThat(first.anchorStep()).isEqualTo(EVERY);
    assertThat(first.frame()).isEqualTo(new PlanePosition.Frame(0, 0, null));
    // half a step beyond the midpoint of steps 4 and 5; sines and tangents differ by 1e-10
    assertThat(first.slow() * FAR).isCloseTo(1, within(1e-6));
    assertThat(first.oscillation() * FAR).isCloseTo(-5, within(1e-6));
    PlanePosition second = Objects.requireNonNull(observe(EVERY + 2, 2, 1));
    assertThat(second.frame()).isNull();
    assertThat(second.slow() * FAR).isCloseTo(3, within(1e-6));
    assertThat(second.oscillation() * FAR).isCloseTo(5, within(1e-6));
  }

  @Test
  void frames_ofAStraightMotion_areLaidEndToEnd() {
    for (long step = 0; step <= 2 * EVERY; step++) {
      observe(step, 2, 1);
    }

    PlanePosition found = Objects.requireNonNull(observe(2 * EVERY + 1, 2, 1));

    assertThat(found.anchorStep()).isEqualTo(2 * EVERY);
    assertThat(found.slow() * FAR).isCloseTo(1 + 2 * EVERY, within(1e-6));
    PlanePosition.Turn turn = Objects.requireNonNull(Objects.requireNonNull(found.frame()).turn());
    assertThat(turn.slow()).isCloseTo(1, within(1e-9));
    assertThat(turn.oscillation()).isCloseTo(1, within(1e-9));
  }

  @Test
  void anchor_eigenvectorOfTheOtherSign_isTurned() {
    for (long step = 0; step <= 2 * EVERY; step++) {
      observe(step, 2, step < 2 * EVERY ? 1 : -1);
    }

    assertThat(Objects.requireNonNull(observe(2 * EVERY + 1, 2, -1)).oscillation() * FAR)
        .isCloseTo(-5, within(1e-6));
  }

  @Test
  void anchor_withoutSlowMotion_isNoFrame() {
    for (long step = 0; step <= 3 * EVERY; step++) {
      assertThat(observe(step, 0, 1)).isNull();
    }
  }

  @Test
  void place_ofAnyPoint_hasTheSameCoordinates() {
    assertThat(plane.place(new ArrayRealVector(new double[] {1, 0, 0}))).isNull();
    for (long step = 0; step <= EVERY; step++) {
      observe(step, 2, 1);
    }
    double[] weights = weights(EVERY + 3, 2);

    PredictedFlow.Place place =
        Objects.requireNonNull(plane.place(new ArrayRealVector(weights).unitVector()));

    assertThat(place.slow() * FAR).isCloseTo(5, within(1e-6));
    assertThat(place.oscillation() * FAR).isCloseTo(-5, within(1e-6));
  }

  @Test
  void frames_ofNoLength_areRefused() {
    assertThatThrownBy(() -> new PlaneOfMotion(kernels, 3, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one step");
  }
}
