package brink.distribution.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A folder that nobody can write to. Permissions do for everybody but root, for whom a read-only
 * file system lies over it.
 */
final class ReadOnly implements AutoCloseable {
  private final Path folder;
  private final boolean mounted;

  ReadOnly(Path folder) throws IOException {
    this.folder = folder;
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    mounted = Files.isWritable(folder);
    if (mounted) {
      run("mount", "-t", "tmpfs", "-o", "ro", "tmpfs", folder.toString());
    }
  }

  @Override
  public void close() throws IOException {
    if (mounted) {
      run("umount", folder.toString());
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void run(String... command) throws IOException {
    int exit = new ProcessBuilder(command).inheritIO().start().onExit().join().exitValue();
    if (exit != 0) {
      throw new IOException(List.of(command) + " ended with " + exit);
    }
  }
}
