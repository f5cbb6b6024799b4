package brink.distribution;

import brink.monitor.cli.Finding;
import brink.trainer.kernels.cuda.CudaSurvey;
import brink.trainer.kernels.cuda.LibraryFolders;
import java.util.List;

/** What {@code brink doctor} says of GPUs. A machine without one is as good as any. */
final class GpuFindings {
  private static final String SUBJECT = "gpu";

  private GpuFindings() {}

  static List<Finding> ofThisMachine() {
    return of(CudaSurvey.of(LibraryFolders.of(System.getenv())));
  }

  static List<Finding> of(CudaSurvey survey) {
    return survey.lines().stream()
        .map(
            line ->
                line.missing()
                    ? Finding.warn(SUBJECT, text(line))
                    : Finding.ok(SUBJECT, text(line)))
        .toList();
  }

  /** The option that the remedies speak of is that of another command. */
  private static String text(CudaSurvey.Line line) {
    return line.text().replace("--device cpu", "'brink train --device cpu'");
  }
}
