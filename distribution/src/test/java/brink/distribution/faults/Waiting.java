package brink.distribution.faults;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/**
 * The passing of time where it is itself the fault: an outage that lasts, a process that stands.
 */
final class Waiting {
  private Waiting() {}

  /** Returns when this time is over. */
  static void forAbout(Duration fault) {
    await().pollDelay(fault).atMost(fault.plus(Stage.PATIENCE)).until(() -> true);
  }
}
