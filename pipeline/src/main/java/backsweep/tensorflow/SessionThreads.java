package backsweep.tensorflow;

import org.tensorflow.proto.ConfigProto;

/**
 * TensorFlow's threads. The first session of a process fixes them for all others.
 *
 * @param concurrentOperations how many operations run at a time
 * @param perOperation how many threads share one operation
 */
public record SessionThreads(int concurrentOperations, int perOperation) {

  ConfigProto configuration() {
    return ConfigProto.newBuilder()
        .setInterOpParallelismThreads(concurrentOperations)
        .setIntraOpParallelismThreads(perOperation)
        .build();
  }
}
