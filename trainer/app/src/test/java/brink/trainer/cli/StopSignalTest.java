package brink.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StopSignalTest {
  private final StopSignal stop = new StopSignal();

  @Test
  void signal_untilRaised_isDown() {
    assertThat(stop.getAsBoolean()).isFalse();
    stop.done();
    assertThat(stop.getAsBoolean()).isFalse();
    stop.raise();
    assertThat(stop.getAsBoolean()).isTrue();
  }

  @Test
  void await_raised_returns() {
    CountDownLatch returned = new CountDownLatch(1);
    Thread waiter =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    stop.await();
                    returned.countDown();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    await().until(() -> waiter.getState() == Thread.State.WAITING);
    assertThat(returned.getCount()).isEqualTo(1);
    stop.raise();
    await().until(() -> returned.getCount() == 0);
  }
}
