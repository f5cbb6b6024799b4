package brink.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import brink.v1.RunEnded;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import com.google.protobuf.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTimesTest {
  @ParameterizedTest
  @CsvSource({
    "9223372036854775807, 0",
    "-9223372036854775808, 0",
    "-1, 0",
    "253402300800, 0",
    "0, -1",
    "0, 1000000000"
  })
  void unusable_outsideTheYears1970To9999_namesTheField(long seconds, int nanos) {
    Timestamp time = Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos).build();
    assertThat(EventTimes.unusable(RunStarted.newBuilder().setStartedAt(time).build()))
        .isEqualTo("started_at");
    assertThat(EventTimes.unusable(RunEnded.newBuilder().setEndedAt(time).build()))
        .isEqualTo("ended_at");
    assertThat(EventTimes.unusable(StepObserved.newBuilder().setObservedAt(time).build()))
        .isEqualTo("observed_at");
  }

  @Test
  void unusable_presentOrAbsentTime_isNull() {
    Timestamp last = Timestamp.newBuilder().setSeconds(253_402_300_799L).build();
    assertThat(EventTimes.unusable(RunStarted.getDefaultInstance())).isNull();
    assertThat(EventTimes.unusable(RunStarted.newBuilder().setStartedAt(last).build())).isNull();
  }
}
