package brink.trainer.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThreadShareTest {
  private static final int PROCESSORS = 8;

  @Test
  void of_nothingAsked_isARunForEachProcessor() {
    assertThat(ThreadShare.of(null, null, PROCESSORS, 30, false)).isEqualTo(new ThreadShare(8, 1));
    assertThat(ThreadShare.of(null, null, PROCESSORS, 3, false)).isEqualTo(new ThreadShare(3, 2));
  }

  @Test
  void of_threadsAsked_leavesRoomForThem() {
    assertThat(ThreadShare.of(null, 4, PROCESSORS, 30, false)).isEqualTo(new ThreadShare(2, 4));
    assertThat(ThreadShare.of(null, 16, PROCESSORS, 30, false)).isEqualTo(new ThreadShare(1, 16));
  }

  @Test
  void of_parallelAsked_sharesTheProcessors() {
    assertThat(ThreadShare.of(3, null, PROCESSORS, 30, false)).isEqualTo(new ThreadShare(3, 2));
    assertThat(ThreadShare.of(20, null, PROCESSORS, 30, false)).isEqualTo(new ThreadShare(20, 1));
    assertThat(ThreadShare.of(20, 2, PROCESSORS, 5, false)).isEqualTo(new ThreadShare(5, 2));
  }

  @Test
  void of_gpu_isOneRunAfterTheOther() {
    assertThat(ThreadShare.of(null, null, PROCESSORS, 30, true)).isEqualTo(new ThreadShare(1, 8));
    assertThat(ThreadShare.of(2, null, PROCESSORS, 30, true)).isEqualTo(new ThreadShare(2, 4));
  }
}
