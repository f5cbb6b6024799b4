package brink.trainer.publish;

import java.util.Map;

/**
 * What a run is called.
 *
 * @param runId key of all its records
 * @param name for people
 * @param group name that several runs share; empty if none
 * @param tags free labels
 */
public record RunNames(String runId, String name, String group, Map<String, String> tags) {}
