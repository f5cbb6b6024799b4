package brink.bench.detection;

import brink.v1.RunStarted;
import brink.v1.StepObserved;
import com.google.protobuf.MessageLite;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What a run published.
 *
 * @param started its first record
 * @param steps its steps, in order
 */
record Recording(RunStarted started, List<StepObserved> steps) {
  /** Reads a file of {@link #write}. */
  static Recording read(Path file) throws IOException {
    try (InputStream in =
        new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file), 1 << 16))) {
      RunStarted started = RunStarted.parseDelimitedFrom(in);
      List<StepObserved> steps = new ArrayList<>();
      for (StepObserved step = StepObserved.parseDelimitedFrom(in);
          step != null;
          step = StepObserved.parseDelimitedFrom(in)) {
        steps.add(step);
      }
      return new Recording(started, steps);
    }
  }

  /** Length-delimited messages, gzip; the file is there when it is whole. */
  void write(Path file) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (OutputStream out =
        new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(part)), 1 << 16)) {
      started.writeDelimitedTo(out);
      for (MessageLite step : steps) {
        step.writeDelimitedTo(out);
      }
    }
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
