package brink.monitor.web;

import brink.monitor.catalogue.RunDirectory;
import brink.monitor.series.SeriesStore;

/**
 * What is served.
 *
 * @param scrape metrics
 * @param health of this monitor
 * @param runs all of the cluster
 * @param series steps and fits of the runs
 */
public record Api(Scrape scrape, Health health, RunDirectory runs, SeriesStore series) {}
