package backsweep.stages;

import backsweep.inference.DetectorAnswers;
import backsweep.inference.DetectorPredictor;
import backsweep.inference.PixelSource;
import backsweep.inference.WrongAnswersException;
import backsweep.store.PublicText;
import backsweep.tensorflow.StoredDetector;
import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Asks a detector about images, on an executor. What runs at a time are consecutive images that are
 * known beforehand, so that answers do not depend on partitions.
 *
 * @param detector that is asked
 * @param images it is asked about
 * @param imagesPerBatch how many at a time
 * @param table what rows look like
 * @param done counts the images, to be shown
 */
record ClassifyTask(
    Broadcast<StoredDetector> detector,
    Broadcast<UnlabelledImages> images,
    int imagesPerBatch,
    AnswerTable table,
    SerializableConfiguration configuration,
    LongAccumulator done)
    implements Serializable {

  /** What spreadsheets take as a formula, where it is the beginning of a name. */
  private static final Pattern FORMULA = Pattern.compile("[=+@\\-\\t\\r]");

  /** The rows of batches, one batch after the other. */
  Iterator<Row> classify(Iterator<Integer> batches) {
    UnlabelledImages.Reader reader = images.value().open(configuration.value());
    closeAtTheEnd(reader::close);
    DetectorPredictor predictor = new DetectorPredictor(detector.value(), ExecutorThreads.here());
    closeAtTheEnd(predictor::close);
    PublicText texts = new PublicText(configuration.value());
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(batches, Spliterator.ORDERED), false)
        .flatMap(batch -> rows(batch * imagesPerBatch, reader, predictor, texts).stream())
        .iterator();
  }

  private static void closeAtTheEnd(Runnable close) {
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> close.run());
  }

  private List<Row> rows(
      int first, UnlabelledImages.Reader reader, DetectorPredictor predictor, PublicText texts) {
    int count = Math.min(imagesPerBatch, images.value().images() - first);
    List<ReadImage> read = reader.read(first, count);
    List<ReadImage> readable = read.stream().filter(image -> image.values().isPresent()).toList();
    Optional<DetectorAnswers> answers =
        readable.isEmpty() ? Optional.empty() : Optional.of(answers(readable, predictor));
    List<Row> rows = new ArrayList<>();
    int place = 0;
    for (int i = 0; i < count; i++) {
      ReadImage image = read.get(i);
      String name = texts.of(harmless(image.name()));
      rows.add(
          image.values().isPresent()
              ? table.classified(first + i, name, answers.orElseThrow(), place++)
              : table.unreadable(first + i, name, texts.of(image.problem().orElseThrow())));
    }
    done.add(count);
    return rows;
  }

  private static DetectorAnswers answers(List<ReadImage> images, DetectorPredictor predictor) {
    try {
      return predictor.predict(
          new ReadBatch(images.stream().map(image -> image.values().orElseThrow()).toList()));
    } catch (WrongAnswersException e) {
      throw e.named(image -> images.get(image).name());
    }
  }

  /** A name that is the same file's, but no formula to a spreadsheet. */
  static String harmless(String name) {
    return FORMULA.matcher(name).lookingAt() ? "./" + name : name;
  }

  /** Images that run at a time. */
  private record ReadBatch(List<float[]> values) implements PixelSource {

    @Override
    public int images() {
      return values.size();
    }

    @Override
    public void copyTo(FloatBuffer target) {
      values.forEach(target::put);
    }
  }
}
