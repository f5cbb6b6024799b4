package brink.trainer.dl4j.zip;

/** A zip file that holds no network that can be read; the message is the middle of a sentence. */
public final class ModelZipException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a reason in one line, which does not name the file. */
  public ModelZipException(String reason) {
    super(reason);
  }

  ModelZipException(String reason, Throwable cause) {
    super(reason, cause);
  }

  /** The message, which is never null. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
