package brink.monitor.web;

import java.time.Instant;

/**
 * What a page may know of the monitor that serves it.
 *
 * @param version of the program
 * @param applicationId that monitors which share the work have in common
 * @param startedAt when it began
 */
public record MonitorInfo(String version, String applicationId, Instant startedAt) {}
