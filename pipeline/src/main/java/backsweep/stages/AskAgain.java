package backsweep.stages;

import backsweep.evaluation.AnsweredLabels;
import backsweep.images.ImageBlock;
import backsweep.inference.PixelSource;
import backsweep.inference.WholePredictor;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import backsweep.tensorflow.SavedModel;
import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/** Asks whole networks the first and the last block of image sets: what do they answer instead? */
final class AskAgain {

  private final SparkSession spark;
  private final ImageStore store;

  AskAgain(SparkSession spark, ImageStore store) {
    this.spark = spark;
    this.store = store;
  }

  /**
   * What is asked.
   *
   * @param model that answers
   * @param factors that pixels are multiplied by: it is asked with each
   * @param imagesPerBatch images that go through it at a time
   * @param images that it is asked
   */
  record Question(
      SavedModel model, List<Float> factors, int imagesPerBatch, ImportedImages images) {

    private List<Integer> blocks() {
      return IntStream.of(0, images.set().blocks() - 1).distinct().boxed().toList();
    }

    private long asked() {
      return Math.min(images.set().images(), (long) blocks().size() * ImageBlock.IMAGES);
    }
  }

  /** What is answered to every question, with every factor. */
  List<List<AnsweredLabels>> execute(List<Question> questions) {
    if (questions.isEmpty()) {
      return List.of();
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<Broadcast<SavedModel>> models =
        questions.stream().map(question -> context.broadcast(question.model())).toList();
    try {
      List<Part> parts = job(questions).run(spark, count -> ask(questions, models, count));
      return IntStream.range(0, questions.size())
          .mapToObj(place -> answers(place, questions.get(place).factors().size(), parts))
          .toList();
    } finally {
      models.forEach(Broadcast::destroy);
    }
  }

  private static ImageJob job(List<Question> questions) {
    long images = questions.stream().mapToLong(Question::asked).sum();
    return new ImageJob(
        "hints", images, "doubtful answers on %d image sets".formatted(questions.size()));
  }

  private List<Part> ask(
      List<Question> questions, List<Broadcast<SavedModel>> models, ImageCount count) {
    List<JavaRDD<Part>> parts = new ArrayList<>();
    for (int place = 0; place < questions.size(); place++) {
      Question question = questions.get(place);
      Task task =
          new Task(
              place, models.get(place), List.copyOf(question.factors()), question.imagesPerBatch());
      for (int block : question.blocks()) {
        parts.add(count.of(store.block(question.images(), block)).mapPartitions(task::ask));
      }
    }
    return parts.stream().collect(Union.toOne()).collect();
  }

  private static List<AnsweredLabels> answers(int question, int factors, List<Part> parts) {
    List<Part> ofQuestion = parts.stream().filter(part -> part.question() == question).toList();
    return IntStream.range(0, factors)
        .mapToObj(
            factor ->
                AnsweredLabels.of(
                    joined(ofQuestion.stream().map(Part::labels)),
                    joined(ofQuestion.stream().map(part -> part.answers().get(factor)))))
        .toList();
  }

  private static int[] joined(Stream<List<Integer>> parts) {
    return parts.flatMap(List::stream).mapToInt(Integer::intValue).toArray();
  }

  /**
   * What was answered on a block.
   *
   * @param question by its place
   * @param labels of the images
   * @param answers {@code (factor, image)}
   */
  private record Part(int question, List<Integer> labels, List<List<Integer>> answers)
      implements Serializable {}

  /** The work of a task. */
  private record Task(
      int question, Broadcast<SavedModel> model, List<Float> factors, int imagesPerBatch)
      implements Serializable {

    private Iterator<Part> ask(Iterator<ImageBlock> blocks) {
      List<Part> parts = new ArrayList<>();
      try (WholePredictor predictor = new WholePredictor(model.value(), ExecutorThreads.here())) {
        while (blocks.hasNext()) {
          ImageBlock block = blocks.next();
          List<List<Integer>> answers = new ArrayList<>();
          factors.forEach(factor -> answers.add(classes(predictor, block, factor)));
          parts.add(new Part(question, boxed(block.labels()), answers));
        }
      }
      return parts.iterator();
    }

    private List<Integer> classes(WholePredictor predictor, ImageBlock block, float factor) {
      List<Integer> classes = new ArrayList<>();
      for (BlockSlice slice : BlockSlice.of(block, imagesPerBatch)) {
        classes.addAll(boxed(predictor.classes(new Scaled(slice, factor))));
      }
      return classes;
    }

    private static List<Integer> boxed(int[] values) {
      return new ArrayList<>(Arrays.stream(values).boxed().toList());
    }
  }

  /** Images with every pixel multiplied. */
  private record Scaled(PixelSource source, float factor) implements PixelSource {

    @Override
    public int images() {
      return source.images();
    }

    @Override
    public void copyTo(FloatBuffer target) {
      int first = target.position();
      source.copyTo(target);
      for (int i = first; i < target.position(); i++) {
        target.put(i, target.get(i) * factor);
      }
    }
  }
}
