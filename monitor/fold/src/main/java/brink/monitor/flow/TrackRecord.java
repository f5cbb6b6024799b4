package brink.monitor.flow;

import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * How past forecasts of this episode came out, horizon by horizon; immutable. So the way that was
 * nearest to the truth can be chosen, and the errors that it claims be put right.
 *
 * @param horizons shortest first
 */
record TrackRecord(List<HorizonRecord> horizons) {
  /** Horizons that are kept; longer ones are calibrated as the last of these. */
  static final int MOST = 3;

  static final TrackRecord EMPTY = new TrackRecord(List.of());

  HorizonRecord at(int horizon) {
    return horizon < horizons.size() ? horizons.get(horizon) : HorizonRecord.EMPTY;
  }

  /** Of a way at the shortest horizon. */
  Tally shortest(int way) {
    return at(0).tallies().get(way);
  }

  /**
   * Factor that makes the errors that a way claims at a horizon those that were seen. Before any
   * were seen there, those of shorter horizons are the best guess.
   */
  double calibration(int horizon, int way) {
    double logarithm = 0;
    int last = Math.min(horizon, MOST - 1);
    for (int i = 0; i <= last; i++) {
      logarithm = at(i).tallies().get(way).logCalibration(logarithm);
    }
    return StrictMath.exp(logarithm) * at(last).tallies().get(way).widening();
  }

  void write(StateWriter out) {
    out.put((byte) horizons.size());
    horizons.forEach(horizon -> horizon.write(out));
  }

  static TrackRecord read(StateReader in) {
    int size = in.getByte();
    if (size < 0 || size > MOST) {
      throw new IllegalArgumentException("a record of " + size + " horizons");
    }
    List<HorizonRecord> horizons = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      horizons.add(HorizonRecord.read(in));
    }
    return new TrackRecord(List.copyOf(horizons));
  }
}
