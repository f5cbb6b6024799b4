package brink.trainer.kernels.cuda;

import java.util.EnumMap;
import java.util.Map;

/**
 * Memory of a device that one operation uses and the next may overwrite. What has been handed out
 * stays allocated until the device is closed, since recorded work may refer to it.
 */
final class DeviceScratch {
  /** What memory is used for; uses of one operation differ. */
  enum Use {
    PARTIAL_SUMS,
    PARTS,
    MEANS,
    PATCHES,
    WORKSPACE,
    EVEN_SLICES,
    ODD_SLICES,
    WHOLE_OPERANDS
  }

  private record Block(long address, long bytes) {}

  private final Device device;
  private final Map<Use, Block> blocks = new EnumMap<>(Use.class);

  DeviceScratch(Device device) {
    this.device = device;
  }

  /** At least so many bytes. */
  long bytes(Use use, long bytes) {
    Block block = blocks.get(use);
    if (block == null || block.bytes() < bytes) {
      block = new Block(device.allocate(bytes), bytes);
      blocks.put(use, block);
    }
    return block.address();
  }

  /** At least so many doubles. */
  long doubles(Use use, long count) {
    return bytes(use, count * Double.BYTES);
  }
}
