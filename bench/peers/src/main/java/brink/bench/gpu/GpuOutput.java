package brink.bench.gpu;

import brink.bench.statistics.SampleSpread;
import com.google.errorprone.annotations.FormatMethod;
import java.util.Locale;

/** Lines of text, as they are kept of each chance at a GPU. */
final class GpuOutput {
  private GpuOutput() {}

  @FormatMethod
  static void line(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }

  static void spread(String what, SampleSpread spread, String unit) {
    line(
        "%s: median %.3f %s, quartiles %.3f and %.3f",
        what, spread.median(), unit, spread.low(), spread.high());
  }
}
