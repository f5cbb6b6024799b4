package brink.trainer.kernels.cuda;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Where the CUDA libraries are looked for: first in folders that the user named, then wherever the
 * dynamic linker looks (LD_LIBRARY_PATH, its cache), then in the folders that installers use.
 *
 * @param told by the user, in this order
 * @param usual tried last
 */
public record LibraryFolders(List<Path> told, boolean linker, List<Path> usual) {
  /** The variable that names folders, separated like PATH. */
  public static final String VARIABLE = "BRINK_CUDA_PATH";

  // Driver: Debian and Ubuntu, Red Hat, WSL 2, containers. Toolkit: NVIDIA's installer.
  private static final List<Path> USUAL =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu"),
          Path.of("/usr/lib/aarch64-linux-gnu"),
          Path.of("/usr/lib64"),
          Path.of("/usr/lib/wsl/lib"),
          Path.of("/usr/local/nvidia/lib64"),
          Path.of("/usr/local/cuda/lib64"));

  /** The folders of this machine. */
  public static LibraryFolders of(Map<String, String> environment) {
    List<Path> told =
        Arrays.stream(environment.getOrDefault(VARIABLE, "").split(":"))
            .filter(name -> !name.isBlank())
            .map(Path::of)
            .toList();
    return new LibraryFolders(told, true, USUAL);
  }

  /** Nothing but one folder. */
  static LibraryFolders only(Path folder) {
    return new LibraryFolders(List.of(folder), false, List.of());
  }
}
