package brink.trainer.request;

import brink.v1.GradientEncoding;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Options that say what Kafka is told, and what is kept in files; no step depends on them. */
public final class PublishingOptions {
  /** The run's id. */
  public static final RunOption<String> RUN_ID =
      RunOption.of(
          OptionText.of("--run-id", "ID", "id of the run (default: generated)"),
          ValueForm.TEXT,
          RunRequest::runId,
          RunRequestBuilder::runId,
          StepEffect.NONE);

  /** The folder of checkpoints. */
  public static final RunOption<Path> CHECKPOINT_DIR =
      RunOption.of(
          OptionText.of(
              "--checkpoint-dir",
              "DIR",
              "write checkpoints of the run to this folder, also when it is stopped (default: none,"
                  + " unless the run must stop because Kafka is away: then ./brink-checkpoints)"),
          ValueForm.PATH,
          request -> request.checkpoints().folder(),
          RunRequestBuilder::checkpointFolder,
          StepEffect.NONE);

  static final RunOption<Integer> CHECKPOINT_EVERY =
      RunOption.of(
          OptionText.of(
              "--checkpoint-every", "N", "write a checkpoint every N steps (default: 1000)"),
          ValueForm.COUNT,
          request -> request.checkpoints().every(),
          RunRequestBuilder::checkpointEvery,
          StepEffect.NONE);

  private static final RunOption<Integer> GRADIENTS_EVERY =
      RunOption.of(
          OptionText.of(
              "--gradients-every",
              "N",
              "publish the gradient of every Nth step; 0 is never (default: 1 for small nets)"),
          ValueForm.COUNT,
          request -> request.publishing().gradientsEvery(),
          RunRequestBuilder::gradientsEvery,
          StepEffect.NONE);

  private static final RunOption<GradientEncoding> GRADIENT_ENCODING =
      RunOption.of(
          OptionText.of(
              "--gradient-encoding",
              "FORMAT",
              "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})"),
          ValueForm.choice(
              List.of(
                  GradientEncoding.GRADIENT_ENCODING_F32,
                  GradientEncoding.GRADIENT_ENCODING_F16,
                  GradientEncoding.GRADIENT_ENCODING_BF16),
              encoding -> encoding.name().replace("GRADIENT_ENCODING_", "")),
          request -> request.publishing().encoding(),
          RunRequestBuilder::gradientEncoding,
          StepEffect.NONE);

  static final RunOption<String> NAME =
      RunOption.of(
          OptionText.of("--name", "NAME", "name of the run, for people"),
          ValueForm.TEXT,
          request -> request.publishing().name(),
          RunRequestBuilder::name,
          StepEffect.NONE);

  static final RunOption<String> GROUP =
      RunOption.of(
          OptionText.of("--group", "NAME", "name shared by the runs of a study"),
          ValueForm.TEXT,
          request -> request.publishing().group(),
          RunRequestBuilder::group,
          StepEffect.NONE);

  static final RunOption<Map.Entry<String, String>> TAG =
      new RunOption<>(
          OptionText.of("--tag", "KEY=VALUE", "free label of the run; may be given several times"),
          ValueForm.of(PublishingOptions::tag, tag -> tag.getKey() + "=" + tag.getValue()),
          new RunOption.Access<>(
              request -> request.publishing().tags().entrySet().stream(),
              (builder, tags) -> builder.tags(map(tags)),
              true),
          StepEffect.NONE,
          RunOption.Scope.ALL);

  static final List<RunOption<?>> GRADIENTS = List.of(GRADIENTS_EVERY, GRADIENT_ENCODING);

  static final List<RunOption<?>> NAMES = List.of(RUN_ID, NAME, GROUP, TAG);

  static final List<RunOption<?>> CHECKPOINTS = List.of(CHECKPOINT_DIR, CHECKPOINT_EVERY);

  private PublishingOptions() {}

  private static Map.Entry<String, String> tag(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException("expected KEY=VALUE, found '" + text + "'");
    }
    return Map.entry(text.substring(0, equals), text.substring(equals + 1));
  }

  private static Map<String, String> map(List<Map.Entry<String, String>> tags) {
    Map<String, String> map = new LinkedHashMap<>();
    tags.forEach(tag -> map.put(tag.getKey(), tag.getValue()));
    return map;
  }
}
