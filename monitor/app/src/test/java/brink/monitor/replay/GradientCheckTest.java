package brink.monitor.replay;

import static org.assertj.core.api.Assertions.assertThat;

import brink.schemas.Topic;
import brink.schemas.gradient.GradientEncoder;
import brink.v1.GradientChunk;
import brink.v1.GradientEncoding;
import brink.v1.StepObserved;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

final class GradientCheckTest {
  private final GradientCheck check = new GradientCheck();

  @Test
  void fault_gradientsOfTheirSteps_isNone() {
    publish(3, 3, 4);
    publish(4, 0, 1);
    check.step(step(3, 25));
    check.step(step(4, 1));
    check.step(step(5, 7));

    assertThat(check.fault()).isEmpty();
    assertThat(check.compared()).isEqualTo(2);
  }

  @Test
  void fault_gradientOfAnotherStep_namesRunStepAndBothNorms() {
    publish(3, 3, 4);
    check.step(step(3, 24));

    assertThat(check.fault())
        .contains(
            "run r, step 3: ‖∇L‖² is 25.0000000 by the published gradient and 24.0000000 by the"
                + " step");
  }

  @Test
  void fault_several_namesTheFirstAndCountsTheOthers() {
    publish(3, 3, 4);
    publish(4, 3, 4);
    check.step(step(3, 24));
    check.step(step(4, 24));

    assertThat(check.fault().orElseThrow()).contains("step 3", "and 1 more like it");
  }

  @Test
  void fault_contentThatItsChecksumContradicts_isNamed() {
    GradientChunk chunk = chunk(3, 3, 4);
    read(chunk.toBuilder().setCrc32C(chunk.getCrc32C() + 1).build().toByteArray());

    assertThat(check.fault().orElseThrow()).startsWith("run r, step 3: ");
    assertThat(check.hasGradients()).isTrue();
  }

  @Test
  void fault_recordThatIsNoChunk_isNamed() {
    read("{\"step\": 3}".getBytes(StandardCharsets.UTF_8));

    assertThat(check.fault().orElseThrow()).contains("brink.gradients");
  }

  @Test
  void withoutStep_gradientsOfOtherSteps_areCounted() {
    publish(3, 3, 4);
    publish(4, 3, 4);
    check.step(step(3, 25));

    assertThat(check.compared()).isEqualTo(1);
    assertThat(check.withoutStep()).isEqualTo(1);
    assertThat(check.fault()).isEmpty();
  }

  @Test
  void hasGradients_nothingRead_isFalse() {
    check.step(step(3, 24));

    assertThat(check.hasGradients()).isFalse();
    assertThat(check.compared()).isZero();
  }

  private void publish(long step, double... gradient) {
    read(chunk(step, gradient).toByteArray());
  }

  private static GradientChunk chunk(long step, double... gradient) {
    return GradientEncoder.chunks("r", step, gradient, GradientEncoding.GRADIENT_ENCODING_F32)
        .getFirst();
  }

  private void read(byte[] value) {
    byte[] key = "r".getBytes(StandardCharsets.UTF_8);
    check.chunk(new ConsumerRecord<>(Topic.GRADIENTS.topicName(), 0, 0, key, value));
  }

  private static StepObserved step(long step, double gradientNormSquared) {
    return StepObserved.newBuilder()
        .setRunId("r")
        .setStep(step)
        .setGradientNormSquared(gradientNormSquared)
        .build();
  }
}
