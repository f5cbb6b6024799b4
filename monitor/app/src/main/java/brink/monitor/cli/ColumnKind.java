package brink.monitor.cli;

/** How a column of a table gives way where the terminal is narrow. */
public enum ColumnKind {
  /** Names the row: always there, and the last to be cut. */
  KEY,
  /** Words: left out before they would be cut. */
  TEXT,
  /** Numbers and what must be read whole: left out, never cut; stands to the right. */
  NUMBER
}
