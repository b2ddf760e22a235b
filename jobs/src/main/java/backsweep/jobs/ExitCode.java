package backsweep.jobs;

import backsweep.faces.TooManyIdentitiesException;
import backsweep.goodnet.GoodNetFileException;
import backsweep.images.ImageFileException;
import backsweep.images.UnfitAttackException;
import backsweep.inference.WrongAnswersException;
import backsweep.keras.KerasFileException;
import backsweep.modelfiles.MissingArchitectureException;
import backsweep.network.InvalidNetworkException;
import backsweep.network.UnknownLayerException;
import backsweep.network.UnsupportedNetworkException;
import backsweep.pruning.InvalidOrderException;
import backsweep.pruning.NonFiniteActivationsException;
import backsweep.stages.OtherNetworkException;
import backsweep.stages.SameImagesException;
import backsweep.stages.SilentExecutorsException;
import backsweep.stages.TooFewImagesException;
import backsweep.stages.TooLittleMemoryException;
import backsweep.stages.UnfitOrderException;
import backsweep.store.BadPathException;
import backsweep.store.MissingFileException;
import backsweep.store.MissingLibraryException;
import backsweep.store.OutputExistsException;
import backsweep.store.OutputInUseException;
import backsweep.store.StorageException;
import backsweep.store.UnreadableResultsException;
import backsweep.store.UnwritableOutputException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How a command ends, in numbers that schedulers can act on. */
enum ExitCode {
  /** Everything was done. */
  DONE(0),
  /** A part of the work failed; the tables say which and why. */
  PARTLY_FAILED(1),
  /** The command was called wrongly: a retry will not help. */
  WRONG_USAGE(2),
  /** The network or an image set cannot be read or is not supported: a retry will not help. */
  BAD_INPUT(3),
  /** The output, the cluster or the program itself failed: a retry may help. */
  FAILED(4);

  private static final Map<Class<? extends Throwable>, ExitCode> BY_CAUSE = new LinkedHashMap<>();

  static {
    BY_CAUSE.put(UsageException.class, WRONG_USAGE);
    BY_CAUSE.put(UnknownLayerException.class, WRONG_USAGE);
    BY_CAUSE.put(MissingArchitectureException.class, WRONG_USAGE);
    BY_CAUSE.put(SameImagesException.class, WRONG_USAGE);
    BY_CAUSE.put(InvalidOrderException.class, WRONG_USAGE);
    BY_CAUSE.put(UnfitOrderException.class, WRONG_USAGE);
    BY_CAUSE.put(TooFewImagesException.class, WRONG_USAGE);
    BY_CAUSE.put(OtherNetworkException.class, WRONG_USAGE);
    BY_CAUSE.put(TooManyIdentitiesException.class, WRONG_USAGE);
    BY_CAUSE.put(BadPathException.class, WRONG_USAGE);
    BY_CAUSE.put(UnfitAttackException.class, WRONG_USAGE);
    BY_CAUSE.put(OutputExistsException.class, WRONG_USAGE);
    BY_CAUSE.put(KerasFileException.class, BAD_INPUT);
    BY_CAUSE.put(InvalidNetworkException.class, BAD_INPUT);
    BY_CAUSE.put(UnsupportedNetworkException.class, BAD_INPUT);
    BY_CAUSE.put(ImageFileException.class, BAD_INPUT);
    BY_CAUSE.put(GoodNetFileException.class, BAD_INPUT);
    BY_CAUSE.put(WrongAnswersException.class, BAD_INPUT);
    BY_CAUSE.put(MissingFileException.class, BAD_INPUT);
    BY_CAUSE.put(NonFiniteActivationsException.class, BAD_INPUT);
    BY_CAUSE.put(TooLittleMemoryException.class, FAILED);
    BY_CAUSE.put(SilentMasterException.class, FAILED);
    BY_CAUSE.put(SilentExecutorsException.class, FAILED);
    BY_CAUSE.put(UnwritableOutputException.class, FAILED);
    BY_CAUSE.put(OutputInUseException.class, FAILED);
    BY_CAUSE.put(UnreadableResultsException.class, FAILED);
    BY_CAUSE.put(StorageException.class, FAILED);
    BY_CAUSE.put(MissingLibraryException.class, FAILED);
  }

  /** What is written where no path is known: models are loaded by way of temporary files. */
  private static final String SOME_FILE =
      "a file in the output or in the folder for temporary files, "
          + System.getProperty("java.io.tmpdir");

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** The number the process ends with. */
  int number() {
    return number;
  }

  /**
   * The failure a person can understand, found among the causes: Spark wraps what a task throws
   * several times. Empty where none of them is ours. That a disk is full comes first: what cannot
   * be written may look like a bad file.
   */
  static Optional<Throwable> understandable(Throwable failure) {
    Optional<Throwable> full = StorageException.ofFull(SOME_FILE, failure).map(found -> found);
    return full.or(() -> known(failure));
  }

  private static Optional<Throwable> known(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (BY_CAUSE.containsKey(cause.getClass())) {
        return Optional.of(cause);
      }
    }
    return Optional.empty();
  }

  /** How a command ends that failed like this. */
  static ExitCode of(Throwable failure) {
    return understandable(failure).map(cause -> BY_CAUSE.get(cause.getClass())).orElse(FAILED);
  }
}
