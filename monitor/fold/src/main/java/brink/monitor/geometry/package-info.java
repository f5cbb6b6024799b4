/**
 * One step of gradient descent with weight decay, seen on the unit sphere: definitions and exact
 * identities. Pure.
 */
@NullMarked
package brink.monitor.geometry;

import org.jspecify.annotations.NullMarked;
