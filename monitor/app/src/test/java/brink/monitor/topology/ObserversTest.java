package brink.monitor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObserversTest {
  @Test
  void observer_thatFails_doesNotHarmTheNext() {
    List<String> seen = new ArrayList<>();
    RunObserver failing =
        new RunObserver() {
          @Override
          public void onReleased(String runId) {
            throw new IllegalStateException("on purpose");
          }
        };
    RunObserver next =
        new RunObserver() {
          @Override
          public void onReleased(String runId) {
            seen.add(runId);
          }
        };

    Observers.of(failing, next).onReleased("run-a");

    assertThat(seen).containsExactly("run-a");
  }
}
