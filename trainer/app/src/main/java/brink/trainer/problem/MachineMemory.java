package brink.trainer.problem;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Memory of this machine, or of the container that the program runs in. */
final class MachineMemory {
  private MachineMemory() {}

  /** In all, whether in use or not. */
  static long bytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  /** All that the Java heap can never take. */
  static long bytesBesideHeap() {
    return Math.max(0, bytes() - Runtime.getRuntime().maxMemory());
  }
}
