package brink.monitor.web;

import java.util.List;

/** Whether the monitor can do its work; asked for each request. */
@FunctionalInterface
public interface Health {
  /** Why not, one sentence each; empty where all is well. */
  List<String> reasonsNotReady();
}
