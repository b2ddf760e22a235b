package backsweep.stages;

import backsweep.network.Footprint;
import backsweep.network.Graph;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/**
 * What the weights of a network take in the heap of a driver or an executor, known before they are
 * read: copies of them are the network, its models on their way to executors, in Spark and in DJL.
 *
 * @param bytes the weights once, as float32
 */
record HeapForWeights(long bytes) {

  /** Copies that are in one heap at a time, while repairs of a large network are verified. */
  static final int COPIES = 8;

  /** Of the heap of an executor that says nothing else. */
  private static final String SPARKS_OWN = "1g";

  /** That of a graph. */
  static HeapForWeights of(Graph graph) {
    return new HeapForWeights(Footprint.weightBytes(graph));
  }

  /**
   * Checks the heap of this JVM, the driver, and what executors elsewhere are started with.
   *
   * @param path the network's file, for errors
   * @throws TooLittleMemoryException if one is too small
   */
  void check(SparkContext context, String path) {
    requireAtMost(Runtime.getRuntime().maxMemory(), path, "BACKSWEEP_DRIVER_MEMORY");
    if (!context.isLocal()) {
      requireAtMost(executorHeap(context.getConf()), path, "spark.executor.memory");
    }
  }

  private static long executorHeap(SparkConf conf) {
    return conf.getSizeAsBytes("spark.executor.memory", SPARKS_OWN);
  }

  /** Checks that the copies leave a quarter of a heap free. */
  void requireAtMost(long heap, String path, String setting) {
    if (heap / 4 * 3 < COPIES * bytes) {
      throw new TooLittleMemoryException(
          "%s: its weights take %d MiB, so a heap of at least %d MiB is needed, found %d MiB: raise %s, e.g. to %dg"
              .formatted(
                  path, mebibytes(bytes), mebibytes(needed()), heap >> 20, setting, gibibytes()));
    }
  }

  /** The least heap. */
  private long needed() {
    return (COPIES * bytes + 2) / 3 * 4;
  }

  private static long mebibytes(long bytes) {
    return (bytes + (1 << 20) - 1) >> 20;
  }

  private long gibibytes() {
    return (needed() >> 30) + 1;
  }
}
