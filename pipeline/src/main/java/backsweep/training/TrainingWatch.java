package backsweep.training;

/** Is told how training goes, by the thread that trains. */
public interface TrainingWatch {

  /** So many more images have been learned from. */
  void learned(int images);

  /**
   * An epoch is over.
   *
   * @param phase what is learned, such as {@code clean}
   * @param epoch from 1
   * @param loss the mean over its images, each when it was learned from
   */
  void epoch(String phase, int epoch, double loss);
}
