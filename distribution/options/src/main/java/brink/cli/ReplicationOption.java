package brink.cli;

import brink.schemas.Replication;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How many copies missing topics are made with, as every command that makes topics takes it. */
public final class ReplicationOption {
  @Option(
      names = "--replication-factor",
      paramLabel = "N",
      converter = Converter.class,
      description =
          "copies of each partition of topics that do not exist yet (default: as many as there are"
              + " brokers, three at most); from three on a record counts once two brokers have it")
  private Replication replication = Replication.AUTOMATIC;

  /** What the option says. */
  public Replication replication() {
    return replication;
  }

  private static final class Converter implements ITypeConverter<Replication> {
    @Override
    public Replication convert(String text) {
      try {
        int factor = Integer.parseInt(text);
        if (factor > 0) {
          return new Replication(factor);
        }
      } catch (IllegalArgumentException e) {
        // told below, with everything else that is no number of copies
      }
      throw new TypeConversionException(
          "'%s' is not a number of copies: give one from 1 to %d, or leave it out"
              .formatted(text, Short.MAX_VALUE));
    }
  }
}
