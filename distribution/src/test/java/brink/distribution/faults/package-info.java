/**
 * The program under faults: processes that are killed or suspended, brokers that go away, disks
 * that are full, clocks that are set. Each class is a row of docs/faults.md.
 */
@NullMarked
package brink.distribution.faults;

import org.jspecify.annotations.NullMarked;
