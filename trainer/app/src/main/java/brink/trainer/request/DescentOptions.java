package brink.trainer.request;

import java.util.List;

/** Options that say how the weights move. */
final class DescentOptions {
  /** A run that goes on may go further. */
  static final RunOption<Long> STEPS =
      RunOption.of(
          OptionText.of("--steps", "N", "number of steps"),
          ValueForm.LONG_COUNT,
          request -> request.descent().steps(),
          RunRequestBuilder::steps,
          StepEffect.NONE);

  static final RunOption<Double> LEARNING_RATE =
      RunOption.of(
          OptionText.of("--learning-rate", "η", "learning rate").or("--lr"),
          ValueForm.NUMBER,
          request -> request.descent().hyperparameters().learningRate(),
          RunRequestBuilder::learningRate,
          StepEffect.Recorded.forking(
              trajectory -> "" + trajectory.descent().hyperparameters().learningRate()));

  static final RunOption<Double> WEIGHT_DECAY =
      RunOption.of(
          OptionText.of("--weight-decay", "λ", "weight decay: w ← (1 − ηλ)w − η∇L").or("--wd"),
          ValueForm.NUMBER,
          request -> request.descent().hyperparameters().weightDecay(),
          RunRequestBuilder::weightDecay,
          StepEffect.Recorded.forking(
              trajectory -> "" + trajectory.descent().hyperparameters().weightDecay()));

  static final RunOption<String> LEARNING_RATE_SCHEDULE =
      RunOption.of(
          OptionText.of(
              "--learning-rate-schedule",
              "SCHEDULE",
              "constant, steps:1000=0.1,2000=x0.5, linear:to=0.01 or cosine:to=0.01,over=5000; each"
                  + " may have ,warmup=100 (default: constant)"),
          ValueForm.TEXT,
          request -> request.descent().hyperparameters().learningRateSchedule(),
          RunRequestBuilder::learningRateSchedule,
          StepEffect.Recorded.forking(
              trajectory -> "" + trajectory.descent().schedule().learningRate()));

  static final RunOption<String> WEIGHT_DECAY_SCHEDULE =
      RunOption.of(
          OptionText.of(
              "--weight-decay-schedule",
              "SCHEDULE",
              "the same for weight decay (default: constant)"),
          ValueForm.TEXT,
          request -> request.descent().hyperparameters().weightDecaySchedule(),
          RunRequestBuilder::weightDecaySchedule,
          StepEffect.Recorded.forking(
              trajectory -> "" + trajectory.descent().schedule().weightDecay()));

  static final RunOption<Double> MOMENTUM =
      RunOption.of(
          OptionText.of(
              "--momentum",
              "β",
              "heavy ball: v ← βv + ∇L + λw, w ← w − ηv (default: ${DEFAULT-VALUE})"),
          ValueForm.NUMBER,
          request -> request.descent().momentum(),
          RunRequestBuilder::momentum,
          StepEffect.Recorded.forking(
              trajectory -> "" + trajectory.descent().rule().momentumCoefficient()));

  static final RunOption<UpdateKind> UPDATE =
      RunOption.of(
          OptionText.of(
              "--update",
              "RULE",
              "gd, or sphere: projected gradient descent on the unit sphere, where the learning"
                  + " rate is the effective one (default: ${DEFAULT-VALUE})"),
          ValueForm.choice(UpdateKind.class),
          request -> request.descent().update(),
          RunRequestBuilder::update,
          new StepEffect.Recorded(
              trajectory -> trajectory.descent().rule().getClass().getSimpleName()));

  /** How long, and how fast. */
  static final List<RunOption<?>> SIZES = List.of(STEPS, LEARNING_RATE, WEIGHT_DECAY);

  /** In which way. */
  static final List<RunOption<?>> WAYS =
      List.of(LEARNING_RATE_SCHEDULE, WEIGHT_DECAY_SCHEDULE, MOMENTUM, UPDATE);

  private DescentOptions() {}
}
