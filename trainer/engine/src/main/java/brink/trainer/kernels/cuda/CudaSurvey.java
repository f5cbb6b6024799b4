package brink.trainer.kernels.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    lines.addAll(blas(folders, devices.all()));
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

  private static List<Line> blas(LibraryFolders folders, List<DeviceInfo> devices) {
    try {
      CuBlas.Version version = CuBlas.version(CuBlas.library(folders));
      return Stream.concat(
              Stream.of(new Line(false, version.toString())),
              devices.stream()
                  .filter(DeviceInfo::isSupported)
                  .map(device -> new Line(false, precisions(device, version))))
          .toList();
    } catch (CudaException e) {
      return List.of(new Line(true, String.valueOf(e.getMessage())));
    }
  }

  /** Such as "cuda:0: precisions float32, tf32, float64; bf16x9 needs …". */
  private static String precisions(DeviceInfo device, CuBlas.Version version) {
    Optional<String> lack = Bf16x9.lack(device, version);
    return device.id()
        + ": precisions "
        + Stream.of(Arithmetic.values())
            .filter(arithmetic -> arithmetic != Arithmetic.BF16X9 || lack.isEmpty())
            .map(Arithmetic::label)
            .collect(Collectors.joining(", "))
        + lack.map(text -> "; " + text).orElse("");
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
