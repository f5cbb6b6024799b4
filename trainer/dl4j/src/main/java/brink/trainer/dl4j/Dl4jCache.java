package brink.trainer.dl4j;

import brink.trainer.data.DataException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.deeplearning4j.common.resources.DL4JResources;
import org.jspecify.annotations.Nullable;

/** Where DL4J keeps its data sets: files below its base directory, and their server. */
enum Dl4jCache {
  /** Lines of four numbers and a class. */
  IRIS("datasets/iris.dat", "150 lines like 5.1,3.5,1.4,0.2,0", "data/iris/iris.dat"),
  /** IDX files. */
  MNIST(
      "datasets/mnist/train-images-idx3-ubyte.gz",
      "unzipped IDX files",
      "train-images-idx3-ubyte",
      "train-labels-idx1-ubyte",
      "t10k-images-idx3-ubyte",
      "t10k-labels-idx1-ubyte");

  /** A server that is there answers a HEAD request in a fraction of this. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String remote;
  private final String form;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<String> files;

  Dl4jCache(String remote, String form, String... files) {
    this.remote = remote;
    this.form = form;
    this.files = List.of(files);
  }

  /** The name after {@code dl4j:}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether all files are in DL4J's cache. */
  boolean isPresent() {
    return files.stream().allMatch(file -> Files.exists(base().resolve(file)));
  }

  /**
   * Makes sure that DL4J's server offers what is to be downloaded.
   *
   * @throws DataException if it does not, or does not answer in time
   */
  void requireServer() {
    requireServer(PATIENCE);
  }

  void requireServer(Duration patience) {
    URI uri = URI.create(DL4JResources.getURLString(remote));
    String trouble = trouble(uri, patience);
    if (trouble != null) {
      throw new DataException(
          "dl4j:%s: not in DL4J's cache, and %s %s; put there by hand: %s"
              .formatted(this, uri, trouble, wanted()));
    }
  }

  /** What to say when the iterator fails on the files of the cache. */
  DataException unreadable(Throwable cause) {
    String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return new DataException(
        "dl4j:%s: DL4J's iterator fails (%s: %s); delete or replace: %s"
            .formatted(this, cause.getClass().getSimpleName(), message, wanted()),
        cause);
  }

  private String wanted() {
    return files.stream()
        .map(file -> base().resolve(file).toString())
        .collect(Collectors.joining(", ", "", " (" + form + ")"));
  }

  private static Path base() {
    return DL4JResources.getBaseDirectory().toPath();
  }

  /** Why the server does not offer this; null if it does. */
  private static @Nullable String trouble(URI uri, Duration patience) {
    HttpRequest head = HttpRequest.newBuilder(uri).HEAD().timeout(patience).build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(patience).build()) {
      int status = client.send(head, HttpResponse.BodyHandlers.discarding()).statusCode();
      return status == 200 ? null : "answers with status " + status;
    } catch (IOException e) {
      return "cannot be reached (" + e.getClass().getSimpleName() + ")";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "was not waited for";
    }
  }
}
