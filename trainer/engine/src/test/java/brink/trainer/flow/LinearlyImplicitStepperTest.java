package brink.trainer.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.Test;

class LinearlyImplicitStepperTest {
  private static final double STIFFNESS = 1e5;

  /** (x, t)' = (−k·(x − cos t), 1), which x = cos t + k⁻¹-terms solves; time is a coordinate. */
  private static final class Tracking implements StiffField {
    private int evaluations;

    @Override
    public Velocity at(RealVector state) {
      evaluations++;
      double x = state.getEntry(0);
      double t = state.getEntry(1);
      return new Velocity() {
        @Override
        public RealVector rate() {
          return new ArrayRealVector(new double[] {-STIFFNESS * (x - Math.cos(t)), 1});
        }

        @Override
        public RealMatrix jacobian() {
          return new Array2DRowRealMatrix(
              new double[][] {{-STIFFNESS, -STIFFNESS * Math.sin(t)}, {0, 0}});
        }
      };
    }
  }

  private static double errorAtOne(double tolerance) {
    RealVector start = new ArrayRealVector(new double[] {1, 0});
    var stepper =
        new LinearlyImplicitStepper(new Tracking(), s -> s, tolerance, 1e-12, start, 1e-4);
    stepper.advance(1);
    // x = (k²·cos t + k·sin t)/(k² + 1) beyond the transient
    double k = STIFFNESS;
    double exact = (k * k * Math.cos(1) + k * Math.sin(1)) / (k * k + 1);
    return Math.abs(stepper.state().getEntry(0) - exact);
  }

  @Test
  void advance_stiffField_needsNoShortSteps() {
    Tracking field = new Tracking();
    RealVector start = new ArrayRealVector(new double[] {1, 0});
    var stepper = new LinearlyImplicitStepper(field, s -> s, 1e-4, 1e-12, start, 1e-4);
    stepper.advance(1);

    // an explicit method needs k/2 steps
    assertThat(field.evaluations).isLessThan(1000);
    assertThat(errorAtOne(1e-4)).isLessThan(1e-4);
  }

  @Test
  void advance_smallerTolerance_isMoreExact() {
    assertThat(errorAtOne(1e-6)).isLessThan(errorAtOne(1e-3));
  }

  @Test
  void advance_fieldWithoutLimits_givesUp() {
    StiffField wild =
        state ->
            new StiffField.Velocity() {
              @Override
              public RealVector rate() {
                return state.mapMultiply(Double.NaN);
              }

              @Override
              public RealMatrix jacobian() {
                return new Array2DRowRealMatrix(1, 1);
              }
            };
    var stepper =
        new LinearlyImplicitStepper(wild, s -> s, 1e-4, 1e-9, new ArrayRealVector(1, 1.0), 1e-4);

    assertThatThrownBy(() -> stepper.advance(1)).isInstanceOf(FlowException.class);
  }
}
