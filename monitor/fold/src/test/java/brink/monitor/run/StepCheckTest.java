package brink.monitor.run;

import static org.assertj.core.api.Assertions.assertThat;

import brink.v1.Evaluation;
import brink.v1.FlowTest;
import brink.v1.Layer;
import brink.v1.Prediction;
import brink.v1.Sharpness;
import brink.v1.StepObserved;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every measured number of a step is looked at, those of the messages within it included. */
class StepCheckTest {
  private static final StepObserved WHOLE =
      Records.calm(1)
          .addSharpness(Records.midpoint(1).toBuilder().setAlignment(0.5).setMissed(0).setLoss(0.1))
          .setEvaluation(Evaluation.newBuilder().setTestAccuracy(1))
          .addLayers(Layer.newBuilder().setName("one"))
          .addPredictions(Prediction.newBuilder().setFlowTime(1))
          .setFlowTest(FlowTest.newBuilder().setCosine(1))
          .build();

  /** Steps with one number that is not one, named by its field. */
  static Stream<StepObserved> stepsWithANumberThatIsNone() {
    return spoiled(WHOLE, Double.NaN).map(StepObserved.class::cast);
  }

  private static Stream<Message> spoiled(Message message, double value) {
    List<Message> spoiled = new ArrayList<>();
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (field.getJavaType() == JavaType.DOUBLE) {
        Object set = field.isRepeated() ? List.of(value) : (Object) value;
        spoiled.add(message.toBuilder().setField(field, set).build());
      } else if (field.getJavaType() == JavaType.MESSAGE && !isTime(field)) {
        spoiled.addAll(within(message, field, value));
      }
    }
    return spoiled.stream();
  }

  private static boolean isTime(FieldDescriptor field) {
    return !field.getMessageType().getFile().getPackage().equals("brink.v1");
  }

  private static List<Message> within(Message message, FieldDescriptor field, double value) {
    if (!field.isRepeated()) {
      return spoiled((Message) message.getField(field), value)
          .map(inner -> message.toBuilder().setField(field, inner).build())
          .toList();
    }
    return spoiled((Message) message.getRepeatedField(field, 0), value)
        .map(inner -> message.toBuilder().setRepeatedField(field, 0, inner).build())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("stepsWithANumberThatIsNone")
  void step_withANumberThatIsNone_isFound(StepObserved step) {
    List<String> found = new ArrayList<>(StepCheck.divergence(step));
    found.addAll(StepCheck.unusable(step));

    assertThat(StepCheck.invalid("run", step)).isNull();
    assertThat(found).hasSize(1);
  }

  /** Steps with a value that cannot be. */
  static Stream<StepObserved> impossibleSteps() {
    StepObserved.Builder calm = Records.calm(1);
    Sharpness sharpness = Records.midpoint(1);
    return Stream.of(
        calm.clone().setGradientNoiseSquared(-1).build(),
        calm.clone().setEvaluation(Evaluation.newBuilder().setTrainAccuracy(85.3)).build(),
        calm.clone().setEvaluation(Evaluation.newBuilder().setTestAccuracy(-0.1)).build(),
        calm.clone().addSharpness(sharpness.toBuilder().setAlignment(2)).build(),
        calm.clone().addSharpness(sharpness.toBuilder().setEdgeEigenvalues(-1)).build(),
        calm.clone().addSharpness(sharpness.toBuilder().setLogSharpnessGradientSquared(-1)).build(),
        calm.clone().addLayers(Layer.newBuilder().setWeightNormSquared(-1)).build(),
        calm.clone().addPredictions(Prediction.newBuilder().setDistance(-1)).build(),
        calm.clone().setFlowTest(FlowTest.newBuilder().setCosine(-1.5)).build(),
        calm.clone().setFlowTest(FlowTest.newBuilder().setSpeedError(-1)).build());
  }

  @ParameterizedTest
  @MethodSource("impossibleSteps")
  void step_withAValueThatCannotBe_isRefusedByItsField(StepObserved step) {
    assertThat(StepCheck.invalid("run", step))
        .containsAnyOf("is negative", "is outside [-1, 1]", "is a share from 0 to 1");
  }
}
