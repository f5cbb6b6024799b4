package brink.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code brink --version} prints. */
public final class ProgramVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"brink " + Version.current()};
  }
}
