package brink.trainer.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file or folder cannot be used, in plain words: no class of Java's, no path twice. */
public final class FileTrouble {
  private FileTrouble() {}

  /** The reason, for the middle of a sentence that names the file. */
  public static String of(IOException failure) {
    return switch (failure) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "no such file or folder";
      case FileAlreadyExistsException e -> e.getFile() + " exists and is not a folder";
      case NotDirectoryException e -> e.getFile() + " is no folder";
      case FileSystemException e when e.getReason() != null -> firstLine(e.getReason());
      case FileSystemException _ -> "the system gives no reason";
      default ->
          failure.getMessage() == null
              ? "the system gives no reason"
              : firstLine(failure.getMessage());
    };
  }

  private static String firstLine(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.isEmpty() ? line : Character.toLowerCase(line.charAt(0)) + line.substring(1);
  }
}
