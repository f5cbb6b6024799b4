package brink.monitor.report;

import static brink.monitor.report.Messages.agreeing;
import static org.assertj.core.api.Assertions.assertThat;

import brink.v1.FlowFitted;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradientAgreementTest {
  @Test
  void of_severalFits_givesWorstAndMedianSpread() {
    List<FlowFitted> fits =
        List.of(
            agreeing(4, 4, 4, 0.01),
            agreeing(3.75, 4, 4.25, 0.01),
            agreeing(3.875, 4, 4.125, 0.01));
    assertThat(GradientAgreement.of(fits))
        .contains(new GradientAgreement(3, 0.125, 0.0625, Double.NaN));
  }

  @Test
  void of_severalEigenvalues_comparesOnlyWhatIsOfAllOfThem() {
    FlowFitted bound = agreeing(4, 4, 8, 0.01).toBuilder().setEdgeEigenvalues(2).build();
    FlowFitted together =
        agreeing(4, 4, 4, 0.01).toBuilder().setEdgeEigenvalues(2).setDirectEigenvalues(2).build();
    assertThat(GradientAgreement.of(List.of(bound, together)))
        .contains(new GradientAgreement(1, 0, 0, Double.NaN));
  }

  @Test
  void of_uncertainSmallOrIncompleteFits_comparesNothing() {
    FlowFitted complete = agreeing(4, 4, 4, 0.01);
    List<FlowFitted> fits =
        List.of(
            agreeing(4, 4, 4, 0.5),
            agreeing(0.01, 0.01, 0.01, 1e-6),
            complete.toBuilder().clearDirect().build(),
            complete.toBuilder()
                .setDirect(complete.getDirect().toBuilder().clearStandardError())
                .build());
    assertThat(GradientAgreement.of(fits)).isEmpty();
    assertThat(GradientAgreement.of(List.of())).isEmpty();
  }
}
