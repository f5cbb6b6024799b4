package brink.trainer.publish;

import brink.schemas.Instants;
import brink.trainer.curvature.SphericalSharpness;
import brink.trainer.descent.LayerRecord;
import brink.trainer.descent.StepRecord;
import brink.trainer.flow.DirectFlowTest;
import brink.trainer.flow.PlanePosition;
import brink.trainer.flow.PredictedFlow;
import brink.trainer.landscape.Scores;
import brink.v1.Evaluation;
import brink.v1.FlowKind;
import brink.v1.Layer;
import brink.v1.PlaneFrame;
import brink.v1.Prediction;
import brink.v1.Sharpness;
import brink.v1.SharpnessPoint;
import brink.v1.StepObserved;
import brink.v1.Timing;
import java.time.Instant;

/** From a measured step to its message; what was not measured stays absent. */
final class StepMessage {
  private StepMessage() {}

  /**
   * The message of one step.
   *
   * @param resumption how many resumptions of the run came before it
   * @param publishNanos time that handing over the previous step took; negative where unknown
   */
  static StepObserved of(
      String runId, int resumption, StepRecord step, Instant observedAt, long publishNanos) {
    StepObserved.Builder message =
        StepObserved.newBuilder()
            .setRunId(runId)
            .setStep(step.step())
            .setObservedAt(Instants.toTimestamp(observedAt))
            .setLoss(step.loss())
            .setWeightNormSquared(step.weightNormSquared())
            .setGradientNormSquared(step.gradientNormSquared())
            .setLearningRate(step.learningRate())
            .setWeightDecay(step.weightDecay())
            .setTiming(timing(step, publishNanos));
    if (resumption > 0) {
      message.setResumption(resumption);
    }
    if (step.gradientCosine() != null) {
      message.setGradientCosine(step.gradientCosine());
    }
    if (step.directionalCurvature() != null) {
      message.setDirectionalCurvature(step.directionalCurvature());
    }
    step.sharpness().forEach(sharpness -> message.addSharpness(sharpness(sharpness)));
    if (step.scores() != null && !step.scores().equals(Scores.NONE)) {
      message.setEvaluation(evaluation(step.scores()));
    }
    step.layers().forEach(layer -> message.addLayers(layer(layer)));
    step.predictions().forEach(prediction -> message.addPredictions(prediction(prediction)));
    if (step.flowTest() != null) {
      message.setFlowTest(flowTest(step.flowTest()));
    }
    if (step.gradientNoiseSquared() != null) {
      message.setGradientNoiseSquared(step.gradientNoiseSquared());
    }
    if (step.plane() != null) {
      message.setPlane(plane(step.plane()));
    }
    return message.build();
  }

  private static brink.v1.PlanePosition plane(PlanePosition position) {
    brink.v1.PlanePosition.Builder message =
        brink.v1.PlanePosition.newBuilder()
            .setAnchorStep(position.anchorStep())
            .setSlow(position.slow())
            .setOscillation(position.oscillation());
    PlanePosition.Frame frame = position.frame();
    if (frame != null) {
      message.setFrame(frame(frame));
    }
    return message.build();
  }

  private static PlaneFrame frame(PlanePosition.Frame frame) {
    PlaneFrame.Builder message =
        PlaneFrame.newBuilder().setSinceStep(frame.sinceStep()).setSlowOrigin(frame.slowOrigin());
    if (frame.turn() != null) {
      message.setSlowCosine(frame.turn().slow()).setOscillationCosine(frame.turn().oscillation());
    }
    return message.build();
  }

  private static brink.v1.FlowTest flowTest(DirectFlowTest test) {
    return brink.v1.FlowTest.newBuilder()
        .setStartStep(test.startStep())
        .setFlowTime(test.flowTime())
        .setCosine(test.cosine())
        .setCosineError(test.cosineError())
        .setSpeed(test.speed())
        .setPredictedSpeed(test.predictedSpeed())
        .setSpeedError(test.speedError())
        .setDisplacement(test.displacement())
        .setMeasurements(test.measurements())
        .build();
  }

  private static Layer layer(LayerRecord measured) {
    Layer.Builder message =
        Layer.newBuilder()
            .setName(measured.name())
            .setWeightNormSquared(measured.weightNormSquared())
            .setGradientNormSquared(measured.gradientNormSquared());
    if (measured.sharpness() != null) {
      message.setSharpness(measured.sharpness());
    }
    return message.build();
  }

  private static Prediction prediction(PredictedFlow predicted) {
    Prediction.Builder message =
        Prediction.newBuilder()
            .setKind(
                switch (predicted.kind()) {
                  case SHARPNESS_REDUCTION_FLOW -> FlowKind.FLOW_KIND_SHARPNESS_REDUCTION_FLOW;
                  case CENTRAL_FLOW -> FlowKind.FLOW_KIND_CENTRAL_FLOW;
                })
            .setStartStep(predicted.startStep());
    if (predicted.flowTime() != null) {
      message.setFlowTime(predicted.flowTime());
    }
    if (predicted.sharpness() != null) {
      message.setSharpness(predicted.sharpness());
    }
    if (predicted.distance() != null) {
      message.setDistance(predicted.distance());
    }
    if (predicted.direction() != null) {
      message.setDirectionAngle(predicted.direction().angle());
      message.setDirectionSpan(predicted.direction().span());
    }
    if (predicted.ended() != null) {
      message.setEnded(predicted.ended());
    }
    if (predicted.place() != null) {
      message.setPlaneSlow(predicted.place().slow());
      message.setPlaneOscillation(predicted.place().oscillation());
    }
    return message.build();
  }

  private static Sharpness sharpness(SphericalSharpness measured) {
    Sharpness.Builder message =
        Sharpness.newBuilder()
            .setPoint(
                switch (measured.point()) {
                  case ITERATE -> SharpnessPoint.SHARPNESS_POINT_ITERATE;
                  case MIDPOINT -> SharpnessPoint.SHARPNESS_POINT_MIDPOINT;
                })
            .addAllEigenvalues(measured.eigenvalues())
            .addAllResiduals(measured.residuals())
            .setHessianVectorProducts(measured.hessianVectorProducts());
    if (measured.alignment() != null) {
      message.setAlignment(measured.alignment());
    }
    if (measured.logSharpnessGradientSquared() != null) {
      message.setLogSharpnessGradientSquared(measured.logSharpnessGradientSquared());
    }
    if (measured.edgeGradient() != null) {
      message
          .setEdgeEigenvalues(measured.edgeGradient().eigenvalues())
          .setEdgeGradientSquared(measured.edgeGradient().squared());
    }
    if (measured.slopeRate() != null) {
      message.setSlopeRate(measured.slopeRate());
    }
    if (measured.lagging() != null) {
      message.setLaggingGradientSquared(measured.lagging());
    }
    if (measured.missed() != null) {
      message.setMissed(measured.missed());
    }
    if (measured.loss() != null) {
      message.setLoss(measured.loss());
    }
    return message.build();
  }

  private static Evaluation evaluation(Scores scores) {
    Evaluation.Builder message = Evaluation.newBuilder();
    if (scores.trainLoss() != null) {
      message.setTrainLoss(scores.trainLoss());
    }
    if (scores.trainAccuracy() != null) {
      message.setTrainAccuracy(scores.trainAccuracy());
    }
    if (scores.testLoss() != null) {
      message.setTestLoss(scores.testLoss());
    }
    if (scores.testAccuracy() != null) {
      message.setTestAccuracy(scores.testAccuracy());
    }
    return message.build();
  }

  private static Timing timing(StepRecord step, long publishNanos) {
    Timing.Builder timing =
        Timing.newBuilder()
            .setGradientNs(step.gradientNanos())
            .setCurvatureNs(step.curvatureNanos());
    if (publishNanos >= 0) {
      timing.setPublishNs(publishNanos);
    }
    return timing.build();
  }
}
