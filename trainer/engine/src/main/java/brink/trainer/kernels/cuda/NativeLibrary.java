package brink.trainer.kernels.cuda;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A shared library that is never unloaded. Functions are called by name; their signatures follow
 * from the arguments: Long for size_t, pointers and handles, Integer for int and enums, Byte for
 * char.
 */
final class NativeLibrary {
  private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

  private final String soname;
  private final SymbolLookup symbols;
  private final Map<String, MethodHandle> functions = new ConcurrentHashMap<>();

  private NativeLibrary(String soname, SymbolLookup symbols) {
    this.soname = soname;
    this.symbols = symbols;
  }

  /**
   * Opens the first of some libraries that is there: any that the user named, else any other.
   *
   * @param sonames from the preferred one on
   * @return null if there is none
   */
  static @Nullable NativeLibrary find(LibraryFolders folders, List<String> sonames) {
    NativeLibrary told = first(sonames, soname -> findTold(folders.told(), soname));
    return told != null ? told : first(sonames, soname -> findElsewhere(folders, soname));
  }

  private static @Nullable NativeLibrary first(
      List<String> sonames, Function<String, @Nullable SymbolLookup> find) {
    for (String soname : sonames) {
      SymbolLookup symbols = find.apply(soname);
      if (symbols != null) {
        return new NativeLibrary(soname, symbols);
      }
    }
    return null;
  }

  private static @Nullable SymbolLookup findElsewhere(LibraryFolders folders, String soname) {
    SymbolLookup symbols =
        folders.linker() ? open(() -> SymbolLookup.libraryLookup(soname, Arena.global())) : null;
    return symbols != null ? symbols : findIn(folders.usual(), soname);
  }

  /** What the user names has to be right, or nobody would know why something else was taken. */
  private static @Nullable SymbolLookup findTold(List<Path> folders, String soname) {
    for (Path folder : folders) {
      if (!Files.isDirectory(folder)) {
        throw new CudaException(
            "%s names %s, which is not a folder".formatted(LibraryFolders.VARIABLE, folder));
      }
      Path file = folder.resolve(soname);
      if (Files.exists(file) && !isElf(file)) {
        throw new CudaException(
            "%s, to which %s leads, is not a shared library"
                .formatted(file, LibraryFolders.VARIABLE));
      }
    }
    return findIn(folders, soname);
  }

  /** Whether it begins as shared libraries do; the JVM has its own say of files that do not. */
  private static boolean isElf(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(ELF.length), ELF);
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static @Nullable SymbolLookup findIn(List<Path> folders, String soname) {
    for (Path folder : folders) {
      Path file = folder.resolve(soname);
      if (Files.exists(file)) {
        SymbolLookup symbols = open(() -> SymbolLookup.libraryLookup(file, Arena.global()));
        if (symbols != null) {
          return symbols;
        }
      }
    }
    return null;
  }

  /** How one library is opened. */
  @FunctionalInterface
  private interface Opening {
    SymbolLookup open();
  }

  private static @Nullable SymbolLookup open(Opening opening) {
    try {
      return opening.open();
    } catch (IllegalArgumentException absent) {
      return null;
    }
  }

  String soname() {
    return soname;
  }

  /**
   * Requires functions before they are needed.
   *
   * @param remedy what to do where one is missing
   */
  void require(List<String> names, String remedy) {
    for (String name : names) {
      if (symbols.find(name).isEmpty()) {
        throw new CudaException(soname + " has no function " + name + ": " + remedy);
      }
    }
  }

  boolean lacksAny(List<String> names) {
    return names.stream().anyMatch(name -> symbols.find(name).isEmpty());
  }

  /** Calls a function that returns a status. */
  int call(String name, Object... arguments) {
    return (int) invoke(name, JAVA_INT, arguments);
  }

  /** Calls a function that returns a size or a pointer. */
  long callLong(String name, Object... arguments) {
    return (long) invoke(name, JAVA_LONG, arguments);
  }

  private Object invoke(String name, ValueLayout result, Object... arguments) {
    MethodHandle function =
        functions.computeIfAbsent(
            name, _ -> handle(name, FunctionDescriptor.of(result, layouts(arguments))));
    try {
      return function.invokeWithArguments(arguments);
    } catch (Throwable failure) {
      throw new AssertionError("call of " + name, failure);
    }
  }

  /** A function for calls that are made often. */
  MethodHandle handle(String name, FunctionDescriptor signature) {
    return Linker.nativeLinker().downcallHandle(symbols.findOrThrow(name), signature);
  }

  private static MemoryLayout[] layouts(Object... arguments) {
    return Stream.of(arguments).map(NativeLibrary::layout).toArray(MemoryLayout[]::new);
  }

  private static MemoryLayout layout(Object argument) {
    return switch (argument) {
      case Long _ -> JAVA_LONG;
      case Integer _ -> JAVA_INT;
      case Byte _ -> JAVA_BYTE;
      default -> throw new IllegalArgumentException("no native type of " + argument.getClass());
    };
  }
}
