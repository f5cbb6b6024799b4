package brink.trainer.publish;

import brink.schemas.PublishException;
import brink.trainer.descent.StepListener;
import brink.trainer.descent.StepRecord;
import brink.trainer.kernels.Download;
import brink.trainer.kernels.Kernels;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a run's steps on a thread of its own while training goes on; one gradient at a time is
 * on its way off the device. Training waits where Kafka cannot keep up, and fails at the next step
 * where Kafka did not take one.
 */
public final class PublishingThread implements StepListener, AutoCloseable {
  // Enough for a hiccup; more would only hide that Kafka is slower than the run.
  private static final int MOST_WAITING = 64;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private final RunPublisher publisher;
  private final Clock clock;
  private final @Nullable Download download;
  private final Semaphore downloadIsFree = new Semaphore(1);
  private final BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private final Thread thread;
  private long lastStep;
  private boolean ended; // the thread's own

  /**
   * Begins to wait for steps.
   *
   * @param publisher of a run that has been started or resumed; not to be used by others until it
   *     is {@link #drained}
   * @param kernels of the gradients
   * @param dimension of the gradients
   */
  public PublishingThread(RunPublisher publisher, Kernels kernels, int dimension, Clock clock) {
    this.publisher = publisher;
    this.clock = clock;
    download = publisher.publishesGradients() ? kernels.allocateDownload(dimension) : null;
    lastStep = publisher.lastStep().orElse(-1);
    thread = Thread.ofPlatform().name("brink-publisher").daemon().start(this::work);
  }

  @Override
  public void onStep(StepRecord step) {
    throwIfFailed();
    Download begun = publisher.publishesGradient(step.step()) ? download : null;
    if (step.step() <= lastStep && begun == null) {
      return;
    }
    lastStep = Math.max(lastStep, step.step());
    Instant observedAt = clock.instant();
    try {
      if (begun != null) {
        downloadIsFree.acquire();
        begun.begin(step.gradient());
      }
      waiting.put(() -> publish(step, observedAt, begun));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** The last step that was handed over; −1 before the first of a new run. */
  public long lastStep() {
    return lastStep;
  }

  /**
   * Waits until all steps have been handed to Kafka.
   *
   * @return the publisher, for use until the next step
   * @throws PublishException if Kafka did not take one
   */
  public RunPublisher drained() {
    CountDownLatch reached = new CountDownLatch(1);
    try {
      waiting.put(reached::countDown);
      reached.await();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    throwIfFailed();
    return publisher;
  }

  /**
   * How far the run will be published once the steps so far have been handed to Kafka, for which
   * this does not wait.
   */
  public Future<Position> position() {
    CompletableFuture<Position> position = new CompletableFuture<>();
    try {
      waiting.put(() -> position.complete(publisher.position()));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    return position;
  }

  private void work() {
    try {
      while (!ended) {
        waiting.take().run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** After a failure the rest is dropped, so that nobody waits for it. */
  private void publish(StepRecord step, Instant observedAt, @Nullable Download begun) {
    try {
      float[] gradient = begun == null ? null : taken(begun);
      if (failure.get() == null) {
        publisher.publish(step, observedAt, gradient);
      }
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    } catch (OutOfMemoryError e) {
      failure.compareAndSet(null, publisher.failed("step " + step.step(), e));
    }
  }

  private float[] taken(Download begun) {
    try {
      return begun.take();
    } finally {
      downloadIsFree.release();
    }
  }

  private void throwIfFailed() {
    RuntimeException error = failure.get();
    if (error != null) {
      throw error;
    }
  }

  private PublishException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return publisher.failed("what follows step " + lastStep, e);
  }

  /** Ends the thread; steps that have not been {@link #drained} are dropped. */
  @Override
  public void close() {
    failure.compareAndSet(null, new IllegalStateException("the publishing thread is closed"));
    try {
      waiting.put(() -> ended = true);
      thread.join(CLOSE_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
