package brink.trainer.kernels.cpu;

import brink.trainer.kernels.Pooling;
import java.util.Arrays;

/** Pooling, window by window, with all channels of a position together. */
final class CpuPooling {
  private final Team team;
  private final Pooling shape;
  private final int examples;
  private final int channels;
  private final int places;

  CpuPooling(Team team, Pooling shape, CpuTensor input, CpuTensor output) {
    this.team = team;
    this.shape = shape;
    channels = shape.channels();
    places = shape.windowHeight() * shape.windowWidth();
    long image = (long) shape.height() * shape.width() * channels;
    long pooled = (long) shape.outputHeight() * shape.outputWidth() * channels;
    examples = Math.toIntExact(input.length() / image);
    if (input.length() != examples * image || output.length() != examples * pooled) {
      throw new IllegalArgumentException(
          "cannot pool " + input + " into " + output + " by " + shape);
    }
  }

  /** What is done with one window. */
  @FunctionalInterface
  private interface Body {
    /**
     * Works on all channels of a window.
     *
     * @param corner index of the window's first entry in the input
     * @param at index of its entries in the output
     */
    void run(long corner, long at, ThreadScratch scratch);
  }

  private void each(Body body) {
    long image = (long) shape.height() * shape.width() * channels;
    int windows = shape.outputHeight() * shape.outputWidth();
    team.run(
        team.parts(examples, image),
        examples,
        (_, from, to, scratch) -> {
          for (long window = from * windows; window < to * windows; window++) {
            long example = window / windows;
            int y = (int) (window % windows) / shape.outputWidth() * shape.stride();
            int x = (int) (window % windows) % shape.outputWidth() * shape.stride();
            long corner = example * image + ((long) y * shape.width() + x) * channels;
            body.run(corner, window * channels, scratch);
          }
        });
  }

  /** Index of a place in a window. */
  private long inWindow(long corner, int place) {
    int y = place / shape.windowWidth();
    int x = place % shape.windowWidth();
    return corner + ((long) y * shape.width() + x) * channels;
  }

  void largest(CpuTensor input, CpuTensor chosen, CpuTensor output) {
    each(
        (corner, at, scratch) -> {
          double[] best = input.read(corner, channels, scratch, 0);
          double[] where = scratch.tile(1, channels);
          Arrays.fill(where, 0, channels, 0);
          for (int place = 1; place < places; place++) {
            double[] x = input.read(inWindow(corner, place), channels, scratch, 2);
            for (int j = 0; j < channels; j++) {
              boolean larger = x[j] > best[j] || Double.isNaN(x[j]);
              if (larger && !Double.isNaN(best[j])) {
                best[j] = x[j];
                where[j] = place;
              }
            }
          }
          chosen.write(at, where, channels, scratch);
          output.write(at, best, channels, scratch);
        });
  }

  void chosen(CpuTensor chosen, CpuTensor input, CpuTensor output) {
    each(
        (corner, at, scratch) -> {
          double[] where = chosen.read(at, channels, scratch, 0);
          double[] y = scratch.tile(1, channels);
          for (int place = 0; place < places; place++) {
            double[] x = input.read(inWindow(corner, place), channels, scratch, 2);
            for (int j = 0; j < channels; j++) {
              y[j] = where[j] == place ? x[j] : y[j];
            }
          }
          output.write(at, y, channels, scratch);
        });
  }

  void addToChosen(CpuTensor chosen, CpuTensor outputAdjoint, CpuTensor inputAdjoint) {
    each(
        (corner, at, scratch) -> {
          double[] where = chosen.read(at, channels, scratch, 0);
          double[] y = outputAdjoint.read(at, channels, scratch, 1);
          for (int place = 0; place < places; place++) {
            long here = inWindow(corner, place);
            double[] x = inputAdjoint.read(here, channels, scratch, 2);
            for (int j = 0; j < channels; j++) {
              x[j] += where[j] == place ? y[j] : 0;
            }
            inputAdjoint.write(here, x, channels, scratch);
          }
        });
  }

  void average(CpuTensor input, CpuTensor output) {
    each(
        (corner, at, scratch) -> {
          double[] sum = scratch.tile(0, channels);
          Arrays.fill(sum, 0, channels, 0);
          for (int place = 0; place < places; place++) {
            double[] x = input.read(inWindow(corner, place), channels, scratch, 1);
            for (int j = 0; j < channels; j++) {
              sum[j] += x[j];
            }
          }
          for (int j = 0; j < channels; j++) {
            sum[j] /= places;
          }
          output.write(at, sum, channels, scratch);
        });
  }

  void spread(CpuTensor outputAdjoint, CpuTensor inputAdjoint) {
    each(
        (corner, at, scratch) -> {
          double[] y = outputAdjoint.read(at, channels, scratch, 0);
          for (int place = 0; place < places; place++) {
            long here = inWindow(corner, place);
            double[] x = inputAdjoint.read(here, channels, scratch, 1);
            for (int j = 0; j < channels; j++) {
              x[j] += y[j] / places;
            }
            inputAdjoint.write(here, x, channels, scratch);
          }
        });
  }
}
