package brink.monitor.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import brink.v1.Sharpness;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CurvatureTest {
  private static int edgeEigenvalues(double... eigenvalues) {
    Sharpness.Builder measured = Sharpness.newBuilder();
    for (double eigenvalue : eigenvalues) {
      measured.addEigenvalues(eigenvalue).addResiduals(0.2);
    }
    return Curvature.of(measured.build(), 10).edgeEigenvalues();
  }

  @Test
  void edgeEigenvalues_withinTheirErrors_areCounted() {
    assertThat(edgeEigenvalues(10.5, 9.9, 9.7)).isEqualTo(2);
    assertThat(edgeEigenvalues(10.5, 10.4, 9.9)).isEqualTo(3);
    assertThat(edgeEigenvalues(10.5, 5)).isEqualTo(1);
  }

  @Test
  void edgeEigenvalues_belowTheThreshold_areOnlyTheFirst() {
    assertThat(edgeEigenvalues(9, 8.9)).isEqualTo(1);
  }

  @Test
  void edgeEigenvalues_ofLambdaOneAlone_areNotKnown() {
    assertThat(edgeEigenvalues(10.5)).isZero();
  }

  @Test
  void direct_ofAllAtTheThreshold_takesThePlaceOfThatOfLambdaOne() {
    Sharpness measured =
        Sharpness.newBuilder()
            .addAllEigenvalues(List.of(10.5, 10.4))
            .setLogSharpnessGradientSquared(3)
            .setEdgeEigenvalues(2)
            .setEdgeGradientSquared(0.5)
            .build();
    assertThat(Curvature.of(measured, 10).direct())
        .isEqualTo(new DirectGradient(0.5, true, null, null));
    assertThat(Curvature.of(measured, 10.45).direct())
        .isEqualTo(new DirectGradient(3, false, null, null));
  }

  @Test
  void direct_ofMoreThanArePublished_isThatOfAllWhereAllPublishedAreAtTheThreshold() {
    Sharpness measured =
        Sharpness.newBuilder()
            .addAllEigenvalues(List.of(10.5, 10.4))
            .setLogSharpnessGradientSquared(3)
            .setEdgeEigenvalues(5)
            .setEdgeGradientSquared(0.5)
            .setSlopeRate(0.25)
            .setLaggingGradientSquared(0.125)
            .build();
    Curvature all = Curvature.of(measured, 10);
    assertThat(all.direct()).isEqualTo(new DirectGradient(0.5, true, 0.25, 0.25));
    assertThat(all.edgeEigenvalues()).isEqualTo(5);
    assertThat(all.next()).isNull();

    Sharpness oneBelow = measured.toBuilder().addEigenvalues(9.5).build();
    assertThat(Curvature.of(oneBelow, 10).direct())
        .isEqualTo(new DirectGradient(3, false, null, null));
    assertThat(Curvature.of(oneBelow, 10).next()).isEqualTo(9.5);
  }

  @Test
  void error_crowdedEigenvalues_isTheResidual() {
    Sharpness crowded =
        Sharpness.newBuilder()
            .addAllEigenvalues(List.of(10.0, 9.9))
            .addAllResiduals(List.of(0.1, 0.1))
            .build();
    assertThat(Curvature.of(crowded, 10).error()).isEqualTo((float) 0.1);
  }
}
