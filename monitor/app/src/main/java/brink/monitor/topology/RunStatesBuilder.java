package brink.monitor.topology;

import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** Builds {@link RunStates} over the changelogged store that another builder describes. */
record RunStatesBuilder(StoreBuilder<KeyValueStore<String, byte[]>> stored)
    implements StoreBuilder<RunStates> {
  @Override
  public RunStates build() {
    return new RunStates(stored.build());
  }

  @Override
  public StoreBuilder<RunStates> withCachingEnabled() {
    return this;
  }

  @Override
  public StoreBuilder<RunStates> withCachingDisabled() {
    return this;
  }

  @Override
  public StoreBuilder<RunStates> withLoggingEnabled(Map<String, String> config) {
    return new RunStatesBuilder(stored.withLoggingEnabled(config));
  }

  @Override
  public StoreBuilder<RunStates> withLoggingDisabled() {
    return new RunStatesBuilder(stored.withLoggingDisabled());
  }

  @Override
  public Map<String, String> logConfig() {
    return stored.logConfig();
  }

  @Override
  public boolean loggingEnabled() {
    return stored.loggingEnabled();
  }

  @Override
  public String name() {
    return stored.name();
  }
}
