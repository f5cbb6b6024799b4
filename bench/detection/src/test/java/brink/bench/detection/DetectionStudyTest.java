package brink.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The corpus' smallest family, from training to table. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DetectionStudyTest {
  private static final String FAMILY = "thrown-linear";

  private final List<String> progress = new ArrayList<>();

  private Path folder = Path.of("");
  private String[] rows = {};
  private List<String> objections = List.of();

  @BeforeAll
  void study(@TempDir Path empty) throws IOException {
    folder = empty;
    DetectionStudy study = DetectionStudy.of(folder, List.of(FAMILY), this::note);
    rows = study.csv().strip().split("\n", -1);
    objections = study.objections();
  }

  private synchronized void note(String line) {
    progress.add(line);
  }

  private Stream<String[]> full() {
    return Stream.of(rows).map(row -> row.split(",", -1)).filter(row -> row[1].equals("FULL"));
  }

  @Test
  void of_missingRuns_areRecordedAndKept() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(file -> file.toString().endsWith(".pb.gz"))).hasSize(6);
    }
    int before = progress.size();
    DetectionStudy.of(folder, List.of(FAMILY), this::note);
    assertThat(progress.subList(before, progress.size()))
        .noneMatch(line -> line.startsWith("recorded"));
  }

  @Test
  void of_everyRegimeChange_isTrueByItsOwnNumbers() {
    assertThat(objections).isEmpty();
  }

  @Test
  void of_everyRun_findsItsEdgeAndItsCatapultsAndNothingElse() {
    assertThat(full()).hasSize(6);
    assertThat(full()).allMatch(row -> row[4].equals("1"), "is labelled with an edge");
    assertThat(full()).allMatch(row -> !row[5].equals("null"), "the edge is found");
    assertThat(full()).allMatch(row -> row[7].equals("0"), "no false alarm");
    assertThat(full()).allMatch(row -> row[11].equals(row[12]), "all catapults are found");
  }
}
