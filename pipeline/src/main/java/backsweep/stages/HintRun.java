package backsweep.stages;

import backsweep.evaluation.AnsweredLabels;
import backsweep.evaluation.Share;
import backsweep.images.Role;
import backsweep.pruning.PruningCurve;
import backsweep.stages.AskAgain.Question;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for slips in what was found out: it costs nothing where most answers are right, and where
 * they are not, two blocks of images through the whole network. It never fails a defence.
 */
final class HintRun {

  private static final Logger LOG = LoggerFactory.getLogger(HintRun.class);

  private final SparkSession spark;
  private final ImageStore store;
  private final StageClock clock;

  HintRun(SparkSession spark, ImageStore store, StageClock clock) {
    this.spark = spark;
    this.store = store;
    this.clock = clock;
  }

  /** A set on which most answers are wrong. */
  private record Doubt(DefencePlan plan, AnswerHints hints) {

    private boolean isPoisoned() {
      return hints.source().set().role() == Role.POISONED;
    }

    /** That at which all images were asked first. */
    private List<Float> scales() {
      float asked = plan.subject().file().inputScale();
      return isPoisoned() ? List.of(asked) : AnswerHints.scales(asked);
    }

    /** The model divides by the first scale: pixels are multiplied to undo that. */
    private Question question(ImportedImages images, int imagesPerBatch) {
      List<Float> factors = scales().stream().map(scale -> scales().get(0) / scale).toList();
      return new Question(plan.subject().models().whole(), factors, imagesPerBatch, images);
    }

    /** What can be said without asking. */
    private Optional<Slip> unasked() {
      return isPoisoned() ? Optional.empty() : hints.unasked(scales().get(0));
    }

    private Optional<Slip> hint(List<AnsweredLabels> answers) {
      Map<Float, AnsweredLabels> byScale = new LinkedHashMap<>();
      for (int i = 0; i < answers.size(); i++) {
        byScale.put(scales().get(i), answers.get(i));
      }
      return isPoisoned() ? hints.poisoned(answers.get(0)) : hints.clean(byScale);
    }
  }

  /**
   * What looks like a slip, by network.
   *
   * @param defences one of each network
   * @param pairsPerBatch (image, step) pairs that are answered at once
   */
  Map<String, List<Slip>> execute(List<Defence> defences, int pairsPerBatch) {
    Map<String, List<Slip>> hints = new HashMap<>();
    defences.forEach(one -> hints.put(one.plan().network(), new ArrayList<>(one.plan().hints())));
    List<Doubt> doubts = defences.stream().flatMap(one -> doubts(one).stream()).toList();
    Map<Integer, List<AnsweredLabels>> answers =
        doubts.isEmpty() ? Map.of() : answers(doubts, pairsPerBatch);
    for (int place = 0; place < doubts.size(); place++) {
      Doubt doubt = doubts.get(place);
      Optional.ofNullable(answers.get(place))
          .map(doubt::hint)
          .orElseGet(doubt::unasked)
          .ifPresent(hints.get(doubt.plan().network())::add);
    }
    return hints;
  }

  private Map<Integer, List<AnsweredLabels>> answers(List<Doubt> doubts, int pairsPerBatch) {
    try {
      return clock.time("hints", () -> ask(doubts, pairsPerBatch));
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare.
      LOG.warn("Why most answers are wrong could not be looked at: {}", e.toString());
      return Map.of();
    }
  }

  /** Where a clean set is not understood, those behind it are not either. */
  private static List<Doubt> doubts(Defence defence) {
    List<Doubt> doubts = new ArrayList<>();
    for (PruningCurve curve : defence.curves()) {
      Share share = curve.original().labelShare();
      int classes = defence.plan().subject().network().classes();
      AnswerHints hints = new AnswerHints(defence.plan().source(curve.imageSet()), share, classes);
      if (hints.isDoubtful() && doubts.stream().allMatch(Doubt::isPoisoned)) {
        doubts.add(new Doubt(defence.plan(), hints));
      }
    }
    return doubts;
  }

  /**
   * The answers to doubts, by their place. Images that are no longer in the store are not brought
   * back for this.
   */
  private Map<Integer, List<AnsweredLabels>> ask(List<Doubt> doubts, int pairsPerBatch) {
    Map<Integer, Question> questions = new LinkedHashMap<>();
    for (int place = 0; place < doubts.size(); place++) {
      Doubt doubt = doubts.get(place);
      Optional<ImportedImages> images = store.find(doubt.hints().source().set());
      if (images.isPresent()) {
        int imagesPerBatch = doubt.plan().batches(pairsPerBatch).whole();
        questions.put(place, doubt.question(images.get(), imagesPerBatch));
      }
    }
    Iterator<List<AnsweredLabels>> found =
        new AskAgain(spark, store).execute(List.copyOf(questions.values())).iterator();
    Map<Integer, List<AnsweredLabels>> answers = new HashMap<>();
    questions.keySet().forEach(place -> answers.put(place, found.next()));
    return answers;
  }
}
