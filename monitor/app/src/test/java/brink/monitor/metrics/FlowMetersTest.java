package brink.monitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import brink.v1.Estimate;
import brink.v1.FlowFitted;
import brink.v1.Forecast;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlowMetersTest {
  private final MonitorRegistry registry = new MonitorRegistry("1.2.3");
  private final FlowMeters meters = new FlowMeters(registry.meters(), Tags.of("run", "run-a"));

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void excessLoss_measuredAndForecast_isShownUntilItIsGone() {
    FlowFitted fit =
        FlowFitted.newBuilder()
            .setRunId("run-a")
            .setStep(0)
            .setExcessLoss(0.25)
            .setQuadraticExcessLoss(0.5)
            .setStepsToNextEigenvalue(Estimate.newBuilder().setValue(7.5))
            .addForecasts(
                Forecast.newBuilder().setHorizon(0.5).setSharpness(3).setExcessLoss(0.125))
            .addForecasts(Forecast.newBuilder().setHorizon(1).setSharpness(2))
            .build();
    meters.show(fit);
    assertThat(lines("brink_excess_loss"))
        .containsExactlyInAnyOrder(
            "brink_excess_loss{run=\"run-a\",source=\"measured\"} 0.25",
            "brink_excess_loss{run=\"run-a\",source=\"quadratic\"} 0.5",
            "brink_excess_loss_forecast{horizon=\"0.5\",run=\"run-a\"} 0.125");
    assertThat(lines("brink_steps_to_next_eigenvalue"))
        .containsExactly("brink_steps_to_next_eigenvalue{run=\"run-a\"} 7.5");
    assertThat(lines("brink_sharpness_forecast")).hasSize(2);

    meters.show(FlowFitted.newBuilder().setRunId("run-a").setStep(1).build());
    assertThat(lines("brink_excess_loss")).isEmpty();
    assertThat(lines("brink_steps_to_next_eigenvalue")).isEmpty();
    assertThat(lines("brink_sharpness_forecast")).isEmpty();
  }

  private List<String> lines(String start) {
    return registry
        .scrape("text/plain; version=0.0.4")
        .lines()
        .filter(line -> line.startsWith(start))
        .toList();
  }
}
