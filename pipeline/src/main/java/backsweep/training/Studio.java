package backsweep.training;

import backsweep.tensorflow.SessionThreads;

/**
 * Where training takes place.
 *
 * @param threads of TensorFlow
 * @param watch is told how it goes
 */
public record Studio(SessionThreads threads, TrainingWatch watch) {}
