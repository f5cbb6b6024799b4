package brink.monitor.web;

import brink.monitor.catalogue.RunDirectory;

/**
 * What is served.
 *
 * @param scrape metrics
 * @param health of this monitor
 * @param runs all of the cluster
 */
public record Api(Scrape scrape, Health health, RunDirectory runs) {}
