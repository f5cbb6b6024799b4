package brink.distribution.broker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import kafka.server.KafkaRaftServer;

/**
 * Starts and stops Kafka's server, which may give up in any of its threads while its start goes on
 * or waits.
 */
final class ServerLifecycle {
  private ServerLifecycle() {}

  /**
   * Returns when the server takes requests; after a failure nothing of it runs.
   *
   * @param halted completes when the server gives up
   * @throws CompletionException with the failure
   */
  static void start(KafkaRaftServer server, CompletableFuture<Throwable> halted) {
    CompletableFuture<Void> started = new CompletableFuture<>();
    Thread starter = Thread.ofPlatform().name("broker-start").start(() -> run(server, started));
    CompletionStage<Void> gaveUp = halted.thenCompose(CompletableFuture::failedFuture);
    try {
      CompletableFuture.anyOf(started, gaveUp.toCompletableFuture()).join();
      // The server may swallow its own halt and report a good start.
      if (halted.isDone()) {
        throw new CompletionException(halted.join());
      }
    } catch (CompletionException e) {
      starter.interrupt();
      started.exceptionally(alreadyKnown -> null).join();
      stop(server);
      throw e;
    }
  }

  static void stop(KafkaRaftServer server) {
    server.shutdown();
    server.awaitShutdown();
  }

  private static void run(KafkaRaftServer server, CompletableFuture<Void> started) {
    try {
      server.startup();
      started.complete(null);
    } catch (Exception e) { // Kafka's server is Scala: it throws checked exceptions undeclared.
      started.completeExceptionally(e);
    }
  }
}
