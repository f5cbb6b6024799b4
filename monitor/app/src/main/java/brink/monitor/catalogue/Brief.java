package brink.monitor.catalogue;

import brink.monitor.text.Excerpt;
import brink.v1.DataDescription;
import brink.v1.FlowFitted;
import brink.v1.RegimeChanged;
import brink.v1.RunEnded;
import brink.v1.RunNote;
import brink.v1.RunStarted;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.util.Map;

/**
 * What the catalogue keeps of a message. One of usual size is kept as it is; a larger one loses its
 * unknown fields, and its texts and lists are cut. The topics have it all.
 */
final class Brief {
  /** Regime changes of a run that are kept, the newest. */
  static final int CHANGES = 100;

  /**
   * A start of the trainer has some 500 bytes, 1,500 with many columns; a fit with its forecasts
   * 600.
   */
  private static final int USUAL_BYTES = 4096;

  private static final int NAME = 200;
  private static final int SENTENCE = 1024;
  private static final int TAGS = 16;
  private static final int TAG_NAME = 64;
  private static final int TAG_VALUE = 128;
  private static final int FORECASTS = 16;
  private static final int WARNINGS = 4;

  private Brief() {}

  static RunStarted of(RunStarted started) {
    if (isUsual(started)) {
      return started;
    }
    RunStarted.Builder brief = known(RunStarted.parser(), started).toBuilder();
    brief
        .setName(name(brief.getName()))
        .setGroup(name(brief.getGroup()))
        .setProblem(name(brief.getProblem()))
        .setNetwork(name(brief.getNetwork()))
        .setDataset(name(brief.getDataset()))
        .setPrecision(name(brief.getPrecision()));
    if (brief.hasProducer()) {
      brief
          .getProducerBuilder()
          .setName(name(brief.getProducer().getName()))
          .setVersion(name(brief.getProducer().getVersion()))
          .setDevice(name(brief.getProducer().getDevice()));
    }
    if (brief.hasData()) {
      brief.setData(of(brief.getData()));
    }
    if (brief.hasResumedFrom()) {
      brief.getResumedFromBuilder().setRunId(name(brief.getResumedFrom().getRunId()));
    }
    Map<String, String> tags = started.getTagsMap();
    brief.clearTags();
    tags.keySet().stream()
        .sorted()
        .limit(TAGS)
        .forEach(
            tag ->
                brief.putTags(
                    Excerpt.of(tag, TAG_NAME), Excerpt.of(tags.getOrDefault(tag, ""), TAG_VALUE)));
    return brief.build();
  }

  /** The numbers stay and so do the first warnings; the names go. */
  private static DataDescription of(DataDescription data) {
    DataDescription.Builder brief = data.toBuilder();
    brief
        .setSummary(sentence(data.getSummary()))
        .setTarget(name(data.getTarget()))
        .clearFiles()
        .clearColumns()
        .clearClasses()
        .clearWarnings()
        .addAllWarnings(data.getWarningsList().stream().limit(WARNINGS).map(Brief::name).toList());
    if (brief.hasImage()) {
      brief.getImageBuilder().setLayout(name(data.getImage().getLayout()));
    }
    return brief.build();
  }

  static RunEnded of(RunEnded ended) {
    return isUsual(ended)
        ? ended
        : known(RunEnded.parser(), ended).toBuilder()
            .setReason(sentence(ended.getReason()))
            .build();
  }

  static RegimeChanged of(RegimeChanged change) {
    if (isUsual(change)) {
      return change;
    }
    RegimeChanged.Builder brief = known(RegimeChanged.parser(), change).toBuilder();
    brief.setDetectorVersion(sentence(brief.getDetectorVersion()));
    brief.getEvidenceBuilder().setSentence(sentence(brief.getEvidence().getSentence()));
    return brief.build();
  }

  static FlowFitted of(FlowFitted flow) {
    if (isUsual(flow)) {
      return flow;
    }
    FlowFitted known = known(FlowFitted.parser(), flow);
    return known.toBuilder()
        .clearForecasts()
        .addAllForecasts(
            known.getForecastsList().subList(0, Math.min(FORECASTS, known.getForecastsCount())))
        .build();
  }

  static RunNote of(RunNote note) {
    if (isUsual(note)) {
      return note;
    }
    RunNote known = known(RunNote.parser(), note);
    return known.toBuilder()
        .setName(name(known.getName()))
        .setNote(Excerpt.of(known.getNote(), NoteRules.TEXT))
        .clearTags()
        .addAllTags(
            known.getTagsList().stream()
                .limit(NoteRules.TAGS)
                .map(tag -> Excerpt.of(tag, NoteRules.TAG))
                .toList())
        .build();
  }

  private static boolean isUsual(Message message) {
    return message.getSerializedSize() <= USUAL_BYTES;
  }

  private static <T extends Message> T known(Parser<T> parser, T message) {
    try {
      return DiscardUnknownFieldsParser.wrap(parser).parseFrom(message.toByteString());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message's own bytes can be read", e);
    }
  }

  private static String name(String text) {
    return Excerpt.of(text, NAME);
  }

  private static String sentence(String text) {
    return Excerpt.of(text, SENTENCE);
  }
}
