/**
 * Dashboards, rules and metrics checked against each other, and against a real Prometheus where
 * there is one.
 */
@NullMarked
package brink.quickstart.observability;

import org.jspecify.annotations.NullMarked;
