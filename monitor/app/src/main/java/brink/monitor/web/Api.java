package brink.monitor.web;

import brink.monitor.catalogue.NoteWriter;
import brink.monitor.catalogue.RejectedDirectory;
import brink.monitor.catalogue.RunDirectory;
import brink.monitor.series.SeriesStore;
import java.time.InstantSource;

/**
 * What is served.
 *
 * @param info about this monitor
 * @param scrape metrics
 * @param health of this monitor
 * @param runs all of the cluster
 * @param series steps and fits of the runs
 * @param events as they happen
 * @param rejected records that could not be used
 * @param notes where they go
 * @param clock for notes
 */
public record Api(
    MonitorInfo info,
    Scrape scrape,
    Health health,
    RunDirectory runs,
    SeriesStore series,
    EventHub events,
    RejectedDirectory rejected,
    NoteWriter notes,
    InstantSource clock) {}
