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
  private final List<ForecastScore> forecasts;

  private DetectionStudy(List<RunScore> scores, List<ForecastScore> forecasts) {
    this.scores = scores;
    this.forecasts = forecasts;
  }

  /**
   * Records what is missing, and scores.
   *
   * @param folder of the recordings
   * @param family only runs whose family begins like this
   * @param progress told what is being done
   * @throws IllegalArgumentException if no family begins like this
   */
  public static DetectionStudy of(Path folder, String family, Consumer<String> progress)
      throws IOException {
    List<CorpusRun> runs =
        Corpus.all().stream().filter(run -> run.family().startsWith(family)).toList();
    if (runs.isEmpty()) {
      throw new IllegalArgumentException(
          "no family begins with %s; there are %s".formatted(family, families()));
    }
    Recordings recordings = new Recordings(folder, progress);
    recordings.ensure(runs);
    progress.accept("scoring %d runs in %d views".formatted(runs.size(), View.values().length));
    List<RunScore> scores = Collections.synchronizedList(new ArrayList<>());
    List<ForecastScore> forecasts = Collections.synchronizedList(new ArrayList<>());
    runs.parallelStream().forEach(run -> scores.addAll(scores(recordings, run, forecasts)));
    return new DetectionStudy(List.copyOf(scores), List.copyOf(forecasts));
  }

  private static String families() {
    return String.join(", ", Corpus.all().stream().map(CorpusRun::family).distinct().toList());
  }

  private static List<RunScore> scores(
      Recordings recordings, CorpusRun run, List<ForecastScore> forecasts) {
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
      said.put(view, verdicts);
    }
    forecasts.add(
        ForecastScore.of(
            run,
            trace,
            label,
            Objects.requireNonNull(said.get(View.FULL)),
            Objects.requireNonNull(said.get(View.NO_SHARPNESS))));
    return scores;
  }

  /** The tables. */
  public String render() {
    return DetectionTables.render(scores) + ForecastTables.render(forecasts);
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
