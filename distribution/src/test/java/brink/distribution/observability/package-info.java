/**
 * Dashboards, rules and metrics checked against each other, and against a real Prometheus where
 * there is one.
 */
@NullMarked
package brink.distribution.observability;

import org.jspecify.annotations.NullMarked;
