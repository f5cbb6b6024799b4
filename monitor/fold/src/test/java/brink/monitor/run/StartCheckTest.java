package brink.monitor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import brink.v1.ResumedFrom;
import brink.v1.RunStarted;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StartCheckTest {
  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, (1L << 53) + 1, Long.MAX_VALUE})
  void check_resumedFromAnImpossibleStep_namesIt(long step) {
    assertThat(RunFold.check(from(step)).orElseThrow().detail())
        .startsWith("resumed_from.step is " + step);
  }

  @Test
  void check_resumedFromAStep_isWell() {
    assertThat(RunFold.check(from(0))).isEmpty();
    assertThat(RunFold.check(from(1_000_000))).isEmpty();
  }

  static Stream<Arguments> impossibleStarts() {
    RunStarted.Builder start = RunStarted.newBuilder().setRunId("r");
    return Stream.of(
        arguments("learning_rate", start.clone().setLearningRate(Double.NaN)),
        arguments("learning_rate", start.clone().setLearningRate(-0.1)),
        arguments("weight_decay", start.clone().setWeightDecay(Double.POSITIVE_INFINITY)),
        arguments("momentum", start.clone().setMomentum(1)),
        arguments("train_size", start.clone().setTrainSize(-1)),
        arguments("dimension", start.clone().setDimension(-1)),
        arguments("scale_invariant_dimension", start.clone().setScaleInvariantDimension(-1)),
        arguments("planned_steps", start.clone().setPlannedSteps(-1)));
  }

  @ParameterizedTest
  @MethodSource("impossibleStarts")
  void check_ofAnImpossibleValue_namesIt(String field, RunStarted.Builder start) {
    assertThat(RunFold.check(start.build()).orElseThrow().detail()).startsWith(field + " is ");
  }

  private static RunStarted from(long step) {
    return RunStarted.newBuilder()
        .setRunId("r")
        .setResumedFrom(ResumedFrom.newBuilder().setRunId("other").setStep(step))
        .build();
  }
}
