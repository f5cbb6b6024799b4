package brink.monitor.flow;

import brink.monitor.geometry.DirectionTest;
import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the flow's fit remembers of a run; immutable.
 *
 * @param atEdge whether the run was at the edge
 * @param openFrom τ from which bins are taken
 * @param open the bin being filled
 * @param source where the history's log λ₁ is from
 * @param history closed bins
 * @param rest measured sharpness over a longer time than the history's
 * @param direction last test of the direction, while it is recent; null where there is none
 * @param directionTime τ at which that came
 * @param logExcess ln of the excess loss over what the oscillation makes it, smoothed; NaN where
 *     not measured
 * @param logGradientSquared last fit's log G²; NaN before any
 * @param kappa last fit's κ
 * @param record how past forecasts came out
 */
public record FlowState(
    boolean atEdge,
    double openFrom,
    OpenBin open,
    SharpnessSource source,
    FlowHistory history,
    RestWatch rest,
    @Nullable DirectionTest direction,
    double directionTime,
    double logExcess,
    double logGradientSquared,
    double kappa,
    TrackRecord record) {

  /** Weight of a new bin's excess loss: a tenth of a unit of flow time counts. */
  private static final double SMOOTHING = 0.1;

  /** Of a run of which nothing was seen. */
  public static final FlowState START = from(false, 0);

  static FlowState from(boolean atEdge, double time) {
    return new FlowState(
        atEdge,
        time,
        OpenBin.from(time),
        SharpnessSource.NONE,
        FlowHistory.EMPTY,
        RestWatch.EMPTY,
        null,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        TrackRecord.EMPTY);
  }

  FlowState withOpen(OpenBin bin) {
    return new FlowState(
        atEdge,
        openFrom,
        bin,
        source,
        history,
        rest,
        direction,
        directionTime,
        logExcess,
        logGradientSquared,
        kappa,
        record);
  }

  FlowState withHistory(FlowHistory bins) {
    return new FlowState(
        atEdge,
        openFrom,
        open,
        source,
        bins,
        rest,
        direction,
        directionTime,
        logExcess,
        logGradientSquared,
        kappa,
        record);
  }

  /** With a test of the direction that came at τ, or without one. */
  FlowState withDirection(@Nullable DirectionTest test, double time) {
    return new FlowState(
        atEdge,
        openFrom,
        open,
        source,
        history,
        rest,
        test,
        time,
        logExcess,
        logGradientSquared,
        kappa,
        record);
  }

  /** With one more bin's ln of the excess loss over what the oscillation makes it. */
  FlowState withExcess(double logarithm) {
    double smoothed =
        Double.isNaN(logExcess) ? logarithm : logExcess + SMOOTHING * (logarithm - logExcess);
    return new FlowState(
        atEdge,
        openFrom,
        open,
        source,
        history,
        rest,
        direction,
        directionTime,
        smoothed,
        logGradientSquared,
        kappa,
        record);
  }

  /** With what the last fit found; null is that there was none. */
  FlowState with(RelaxationFit.@Nullable Parameters found, TrackRecord next) {
    double logGradient = found == null ? Double.NaN : found.logGradientSquared();
    double relaxation = found == null ? Double.NaN : found.kappa();
    return new FlowState(
        atEdge,
        openFrom,
        open,
        source,
        history,
        rest,
        direction,
        directionTime,
        logExcess,
        logGradient,
        relaxation,
        next);
  }

  /** After a bin was closed at τ; a history from another source is forgotten. */
  FlowState closed(SharpnessSource from, FlowHistory bins, double time) {
    boolean same = from == source;
    boolean measured = from.measured() && bins.size() > 0;
    RestWatch before = same ? rest : RestWatch.EMPTY;
    return new FlowState(
        atEdge,
        openFrom,
        OpenBin.from(time),
        from,
        bins,
        measured
            ? before.with(bins.lastTime(), bins.logSharpness(bins.size() - 1))
            : RestWatch.EMPTY,
        direction,
        directionTime,
        logExcess,
        same ? logGradientSquared : Double.NaN,
        same ? kappa : Double.NaN,
        same ? record : TrackRecord.EMPTY);
  }

  /** Appends its bytes. */
  public void write(StateWriter out) {
    out.putPresence(atEdge).put(openFrom);
    open.write(out);
    out.put(source.code());
    history.write(out);
    rest.write(out);
    DirectionTest.write(out, direction);
    out.put(directionTime).put(logExcess);
    out.put(logGradientSquared).put(kappa);
    record.write(out);
  }

  /** Reads its bytes. */
  public static FlowState read(StateReader in) {
    return new FlowState(
        in.isPresent(),
        in.getDouble(),
        OpenBin.read(in),
        SharpnessSource.of(in.getByte()),
        FlowHistory.read(in),
        RestWatch.read(in),
        DirectionTest.read(in),
        in.getDouble(),
        in.getDouble(),
        in.getDouble(),
        in.getDouble(),
        TrackRecord.read(in));
  }
}
