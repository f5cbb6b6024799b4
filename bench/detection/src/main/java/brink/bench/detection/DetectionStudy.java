package brink.bench.detection;

import brink.monitor.run.RunFold;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** The corpus, folded in every view and scored. */
public final class DetectionStudy {
  private final List<RunScore> scores;
  private final List<RunForecasts> forecasts;
  private final List<String> objections;

  private DetectionStudy(
      List<RunScore> scores, List<RunForecasts> forecasts, List<String> objections) {
    this.scores = scores;
    this.forecasts = forecasts;
    this.objections = objections;
  }

  /**
   * Records what is missing, and scores.
   *
   * @param folder of the recordings
   * @param families only runs whose family begins like one of these; all if there are none
   * @param progress told what is being done
   * @throws IllegalArgumentException if no family begins like one of these
   */
  public static DetectionStudy of(Path folder, List<String> families, Consumer<String> progress)
      throws IOException {
    List<CorpusRun> runs =
        Corpus.all().stream()
            .filter(
                run -> families.isEmpty() || families.stream().anyMatch(run.family()::startsWith))
            .toList();
    for (String family : families) {
      if (runs.stream().noneMatch(run -> run.family().startsWith(family))) {
        throw new IllegalArgumentException(
            "no family begins with %s; there are %s".formatted(family, families()));
      }
    }
    Recordings recordings = new Recordings(folder, progress);
    recordings.ensure(runs);
    progress.accept("scoring %d runs in %d views".formatted(runs.size(), View.values().length));
    List<RunScore> scores = Collections.synchronizedList(new ArrayList<>());
    List<RunForecasts> forecasts = Collections.synchronizedList(new ArrayList<>());
    List<String> objections = Collections.synchronizedList(new ArrayList<>());
    runs.parallelStream()
        .forEach(run -> scores.addAll(scores(recordings, run, forecasts, objections)));
    return new DetectionStudy(List.copyOf(scores), List.copyOf(forecasts), List.copyOf(objections));
  }

  private static String families() {
    return String.join(", ", Corpus.all().stream().map(CorpusRun::family).distinct().toList());
  }

  private static List<RunScore> scores(
      Recordings recordings, CorpusRun run, List<RunForecasts> forecasts, List<String> objections) {
    Recording recording;
    try {
      recording = recordings.read(run);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Trace trace = Trace.of(recording);
    Label label = LabelRule.label(trace);
    RunFold fold = new RunFold();
    List<RunScore> scores = new ArrayList<>();
    Map<View, Verdicts> said = new EnumMap<>(View.class);
    for (View view : View.values()) {
      Verdicts verdicts =
          Verdicts.of(fold, recording.started(), view.of(recording.steps(), run.seed()));
      scores.add(RunScore.of(run, view, trace, label, verdicts));
      SentenceCheck.objections(verdicts.changes()).stream()
          .map(objection -> run.name() + ", " + view.words() + ": " + objection)
          .forEach(objections::add);
      said.put(view, verdicts);
    }
    forecasts.add(
        RunForecasts.of(
            run,
            recording,
            trace,
            label,
            Objects.requireNonNull(said.get(View.FULL)),
            Objects.requireNonNull(said.get(View.NO_SHARPNESS))));
    return scores;
  }

  /** The tables, and what was untrue. */
  public String render() {
    return DetectionTables.render(scores)
        + "\n### Sentences that their own numbers do not bear out: "
        + objections.size()
        + "\n"
        + String.join("", objections.stream().map(objection -> "\n* " + objection).toList())
        + ForecastTables.render(forecasts);
  }

  /** Sentences of regime changes that are not true by their own numbers, in any view. */
  public List<String> objections() {
    return objections;
  }

  /** What was found of every run in every view. */
  public String csv() {
    StringBuilder text =
        new StringBuilder(
            "run,view,heldOut,negative,onset,delay,covered,false,again,later,laterFound,catapults,found,falseCatapults\n");
    for (RunScore s : scores) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s,%s,%s,%d,%d,%s,%s,%d,%d,%d,%d,%d,%d,%d%n",
              s.run().name(),
              s.view(),
              s.run().heldOut(),
              s.negativeSteps(),
              s.onsets(),
              s.delay(),
              s.covered(),
              s.falseAlarms(),
              s.again(),
              s.later(),
              s.laterFound(),
              s.catapults(),
              s.catapultsFound(),
              s.falseCatapults()));
    }
    return text.toString();
  }
}
