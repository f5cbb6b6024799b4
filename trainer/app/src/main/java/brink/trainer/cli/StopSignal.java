package brink.trainer.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Turns Ctrl-C into an orderly end: the signal is raised, and the JVM waits for the work to be
 * done.
 */
public final class StopSignal implements BooleanSupplier {
  private final CountDownLatch raised = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);

  /** Raises the signal when the JVM is asked to end, and holds the JVM until {@link #done}. */
  public StopSignal raisedAtShutdown(Duration patience) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  raise();
                  awaitDone(patience);
                },
                "brink-stop"));
    return this;
  }

  /** Asks the work to end. */
  public void raise() {
    raised.countDown();
  }

  /** Waits for the signal. */
  public void await() throws InterruptedException {
    raised.await();
  }

  /** Says that the work has ended. */
  public void done() {
    done.countDown();
  }

  @Override
  public boolean getAsBoolean() {
    return raised.getCount() == 0;
  }

  private void awaitDone(Duration patience) {
    try {
      boolean inTime = done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (!inTime) {
        System.err.println("brink: the run did not end within " + patience.toSeconds() + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
