package brink.trainer.sweep;

import brink.trainer.request.RunOptions;
import brink.trainer.request.RunRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A run of a sweep before it has an id.
 *
 * @param arm which it belongs to; empty for the only one
 * @param varying the settings in which it differs from others of its arm
 * @param request all that is asked of it, but for its id
 */
public record SweptRun(String arm, List<Setting> varying, RunRequest request) {
  private static final int DIGEST_BYTES = 8;

  public SweptRun {
    varying = List.copyOf(varying);
  }

  /** For people, for example {@code momentum lr=0.1 seed=2}; empty for a run alone. */
  public String label() {
    return Stream.concat(
            Stream.of(arm).filter(name -> !name.isEmpty()), varying.stream().map(Setting::toString))
        .collect(Collectors.joining(" "));
  }

  /**
   * What tells it from all runs that do something else, in any sweep: a digest of its arm and of
   * the arguments that what it does depends on.
   */
  public String digest() {
    return digest(
        Stream.concat(Stream.of(arm), RunOptions.workArguments(request).stream()).toList());
  }

  static String digest(List<String> parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] bytes = digest.digest(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
