package brink.monitor.web;

/**
 * Something that a page wants to know at once.
 *
 * @param number rises by 1 from event to event
 * @param type what happened
 * @param runId run that it is about; empty for all
 * @param data JSON in one line
 */
record Event(long number, String type, String runId, String data) {
  static final String RUN = "run";
  static final String REGIME = "regime";
  static final String PROGRESS = "progress";
  static final String RESET = "reset";
}
