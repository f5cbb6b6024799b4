package brink.trainer.dl4j;

import brink.trainer.data.DataException;
import brink.trainer.data.DataOptions;
import brink.trainer.data.DataSource;
import brink.trainer.data.Dataset;
import brink.trainer.data.DenseFeatures;
import brink.trainer.data.Features;
import brink.trainer.data.ImageShape;
import brink.trainer.data.Split;
import brink.trainer.data.Targets;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.deeplearning4j.common.resources.DL4JResources;
import org.deeplearning4j.datasets.fetchers.MnistDataFetcher;
import org.deeplearning4j.datasets.iterator.impl.IrisDataSetIterator;
import org.deeplearning4j.datasets.iterator.impl.MnistDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data sets of DL4J, through its own iterators, which download them into DL4J's cache at first
 * use. Whether the server answers is tried before, because DL4J waits up to ten minutes for one
 * that does not.
 */
final class Dl4jIterator extends DataSource {
  /** Images fetched at once: few enough to be small (6 MB), enough to be quick. */
  private static final int BATCH = 500;

  /** DL4J downloads without any timeout of its own. */
  private static final Duration LONGEST_DOWNLOAD = Duration.ofMinutes(30);

  private static final ImageShape MNIST_IMAGE = new ImageShape(28, 28, 1);

  private static final Logger LOG = LoggerFactory.getLogger(Dl4jIterator.class);

  private final Dl4jCache cache;

  private Dl4jIterator(Dl4jCache cache) {
    this.cache = cache;
  }

  static Dl4jIterator of(String name) {
    for (Dl4jCache cache : Dl4jCache.values()) {
      if (cache.toString().equals(name)) {
        return new Dl4jIterator(cache);
      }
    }
    throw new DataException(
        "dl4j:%s: unknown, expected dl4j:iris or dl4j:mnist (CIFAR-10 is read by cifar10:DIR)"
            .formatted(name));
  }

  @Override
  protected Split read(DataOptions options) {
    if (cache.isPresent()) {
      return iterate(options);
    }
    cache.requireServer();
    LOG.info("dl4j:{}: downloading into {}", cache, DL4JResources.getBaseDirectory());
    FutureTask<Split> download = new FutureTask<>(() -> iterate(options));
    Thread.ofPlatform().daemon().name("dl4j-download").start(download);
    try {
      return download.get(LONGEST_DOWNLOAD.toMinutes(), TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof DataException known ? known : cache.unreadable(e);
    } catch (TimeoutException e) {
      throw cache.unreadable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cache.unreadable(e);
    }
  }

  private Split iterate(DataOptions options) {
    try {
      return switch (cache) {
        case IRIS -> iris(options);
        case MNIST -> mnist(options);
      };
    } catch (DataException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw cache.unreadable(e);
    }
  }

  private static Split iris(DataOptions options) {
    IrisDataSetIterator iterator = new IrisDataSetIterator();
    DataSet all = iterator.next();
    double[][] rows = all.getFeatures().toDoubleMatrix();
    double[] values = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    Features features = new DenseFeatures(rows.length, rows[0].length, values);
    int[] labels = Images.labels(all);
    return Split.shuffled(
        new Dataset("dl4j:iris", features, new Targets.Classes(labels, 3)), options);
  }

  private static Split mnist(DataOptions options) throws IOException {
    Images train = new Images(255, MNIST_IMAGE);
    Images test = new Images(255, MNIST_IMAGE);
    train.read(mnist(true), options.trainSize());
    if (tested(options)) {
      test.read(mnist(false), options.testSize());
    }
    return split("dl4j:mnist", train, test, options);
  }

  private static MnistDataSetIterator mnist(boolean train) throws IOException {
    int all = train ? MnistDataFetcher.NUM_EXAMPLES : MnistDataFetcher.NUM_EXAMPLES_TEST;
    return new MnistDataSetIterator(BATCH, all, false, train, false, 0);
  }

  private static boolean tested(DataOptions options) {
    return options.testSize() == null || options.testSize() > 0;
  }

  private static Split split(String name, Images train, Images test, DataOptions options) {
    options.trainSizeOf(train.count(), name);
    return new Split(train.dataset(name), tested(options) ? test(name, test, options) : null);
  }

  private static Dataset test(String name, Images test, DataOptions options) {
    options.testSizeOf(test.count(), name);
    return test.dataset(name);
  }
}
