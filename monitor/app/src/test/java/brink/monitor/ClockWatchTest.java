package brink.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ClockWatchTest {
  private static final long HOUR = 3_600_000;

  private long wall = HOUR;
  private long steady = HOUR;
  private int renewed;
  private final ClockWatch watch =
      new ClockWatch(() -> Instant.ofEpochMilli(wall), () -> steady, () -> renewed++);

  @AfterEach
  void close() {
    watch.close();
  }

  @Test
  void look_clockThatGoesOn_doesNothing() {
    pass(1_000, 1_000);
    pass(90_000, 90_000);

    assertThat(renewed).isZero();
  }

  @Test
  void look_clockSetBack_renewsOnce() {
    pass(1_000, 1_000 - HOUR);
    pass(1_000, 1_000);

    assertThat(renewed).isEqualTo(1);
  }

  @Test
  void look_clockSetAheadAndBack_renewsAtTheSecond() {
    pass(1_000, 1_000 + HOUR);
    assertThat(renewed).isZero();
    pass(1_000, 1_000 - HOUR);

    assertThat(renewed).isEqualTo(1);
  }

  @Test
  void look_clockThatIsSlewed_doesNothing() {
    pass(1_000, 999);
    pass(1_000, 0);

    assertThat(renewed).isZero();
  }

  private void pass(long ofSteady, long ofWall) {
    steady += ofSteady;
    wall += ofWall;
    watch.look();
  }
}
