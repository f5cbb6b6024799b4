package brink.distribution;

import brink.trainer.cli.Version;
import picocli.CommandLine.IVersionProvider;

/** What {@code brink --version} prints. */
final class ProgramVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"brink " + Version.current()};
  }
}
