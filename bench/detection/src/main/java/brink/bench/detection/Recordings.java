package brink.bench.detection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The recorded runs of a corpus, one file each. */
final class Recordings {
  private final Path folder;
  private final Consumer<String> progress;
  private final Recorder recorder;

  Recordings(Path folder, Consumer<String> progress) {
    this.folder = folder;
    this.progress = progress;
    recorder = new Recorder(folder);
  }

  /** Records what is missing, as many runs at a time as there are processors. */
  void ensure(List<CorpusRun> runs) throws IOException {
    Files.createDirectories(folder);
    recorder.prepare();
    List<CorpusRun> missing = runs.stream().filter(run -> !Files.exists(file(run))).toList();
    AtomicInteger done = new AtomicInteger();
    missing.parallelStream()
        .forEach(
            run -> {
              record(run);
              progress.accept(
                  "recorded %d of %d: %s"
                      .formatted(done.incrementAndGet(), missing.size(), run.name()));
            });
  }

  private void record(CorpusRun run) {
    try {
      recorder.record(run).write(file(run));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Recording read(CorpusRun run) throws IOException {
    try {
      return Recording.read(file(run));
    } catch (IOException e) {
      throw new IOException(
          "cannot read the recorded run %s (%s); delete it, and it will be recorded again"
              .formatted(file(run), e.getMessage()),
          e);
    }
  }

  private Path file(CorpusRun run) {
    return folder.resolve(run.name() + ".pb.gz");
  }
}
