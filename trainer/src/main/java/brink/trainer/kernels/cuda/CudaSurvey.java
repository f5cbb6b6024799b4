package brink.trainer.kernels.cuda;

import java.util.ArrayList;
import java.util.List;

/**
 * What this machine has of a GPU and its libraries, and what to do about what is missing.
 *
 * @param lines from the driver on
 */
public record CudaSurvey(List<Line> lines) {
  /**
   * One finding.
   *
   * @param missing whether a GPU cannot be used, or not at full speed, for want of it
   * @param text in one line
   */
  public record Line(boolean missing, String text) {}

  /** Looks at this machine. */
  public static CudaSurvey of(LibraryFolders folders) {
    List<Line> lines = new ArrayList<>();
    CudaDevices devices;
    try {
      devices = CudaDevices.find(folders);
    } catch (CudaException e) {
      return new CudaSurvey(
          List.of(new Line(false, "none, training runs on the cpu: " + e.getMessage())));
    }
    lines.add(new Line(false, "driver of CUDA " + devices.driverVersion()));
    if (devices.all().isEmpty()) {
      lines.add(
          new Line(
              false,
              "the driver shows no GPU (nvidia-smi, CUDA_VISIBLE_DEVICES); training runs on the"
                  + " cpu"));
      return new CudaSurvey(List.copyOf(lines));
    }
    devices.all().forEach(device -> lines.add(line(device)));
    lines.add(blas(folders));
    lines.add(dnn(folders));
    return new CudaSurvey(List.copyOf(lines));
  }

  private static Line line(DeviceInfo device) {
    return device.isSupported()
        ? new Line(false, device.describe())
        : new Line(
            true,
            device.describe()
                + "; too old, the kernels need %d.0".formatted(DeviceInfo.OLDEST_MAJOR));
  }

  private static Line blas(LibraryFolders folders) {
    try {
      return new Line(false, CuBlas.version(CuBlas.library(folders)));
    } catch (CudaException e) {
      return new Line(true, String.valueOf(e.getMessage()));
    }
  }

  private static Line dnn(LibraryFolders folders) {
    NativeLibrary library = CuDnn.library(folders);
    return library != null
        ? new Line(false, CuDnn.version(library))
        : new Line(
            true,
            "no cuDNN (libcudnn.so.9): convolutions in float32 take longer; install cuDNN 9 or set "
                + LibraryFolders.VARIABLE
                + " to its folder");
  }
}
