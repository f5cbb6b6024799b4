package brink.monitor.web;

import brink.monitor.catalogue.NoteWriter;
import brink.monitor.catalogue.RejectedEntry;
import brink.monitor.catalogue.RunDirectory;
import brink.monitor.series.SeriesStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** An API without Kafka behind it. */
final class MadeUpApi {
  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-12-01T00:00:00Z"));

  final List<RejectedEntry> rejected = new ArrayList<>();
  Scrape scrape = _ -> "";
  Health health = List::of;
  NoteWriter notes = (_, _) -> {};

  Api of(RunDirectory runs, SeriesStore series, EventHub events) {
    return new Api(
        new MonitorInfo("1.2.3", "brink-monitor", CLOCK.instant()),
        type -> scrape.text(type),
        () -> health.reasonsNotReady(),
        runs,
        series,
        events,
        () -> rejected,
        (run, note) -> notes.write(run, note),
        CLOCK);
  }
}
