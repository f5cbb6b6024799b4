package brink.trainer.kernels.cuda;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The devices of this machine.
 *
 * @param driverVersion CUDA version that the driver brings, such as "13.0"
 * @param all with those that are too old
 */
public record CudaDevices(String driverVersion, List<DeviceInfo> all) {
  /**
   * The devices that the driver shows.
   *
   * @throws CudaException if there is no driver
   */
  public static CudaDevices find(LibraryFolders folders) {
    return of(Driver.open(folders));
  }

  static CudaDevices of(Driver driver) {
    return new CudaDevices(driver.version(), driver.devices());
  }

  /**
   * A device by its number.
   *
   * @throws CudaException if there is none, or it is too old
   */
  DeviceInfo usable(int ordinal) {
    if (all.isEmpty()) {
      throw new CudaException(
          "the NVIDIA driver shows no GPU: check nvidia-smi and CUDA_VISIBLE_DEVICES, or use"
              + " --device cpu");
    }
    if (ordinal >= all.size()) {
      throw new CudaException(
          "no device cuda:%d; there is %s"
              .formatted(
                  ordinal,
                  all.stream().map(DeviceInfo::describe).collect(Collectors.joining("; "))));
    }
    DeviceInfo device = all.get(ordinal);
    if (!device.isSupported()) {
      throw new CudaException(
          "%s is too old: the kernels need compute capability %d.0 or newer; use another device or --device cpu"
              .formatted(device.describe(), DeviceInfo.OLDEST_MAJOR));
    }
    return device;
  }
}
