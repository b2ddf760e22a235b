package backsweep.jobs;

import backsweep.images.ImageFileException;
import backsweep.stages.Classified;
import backsweep.stages.Classified.OneAnswer;
import backsweep.stages.ClassifyPlan;
import backsweep.stages.ClassifyRequest;
import java.io.PrintStream;
import java.util.Locale;

/**
 * What {@code classify} prints: first what it will do, then what came of it.
 *
 * @param request what was asked for
 * @param out where it is printed
 */
record ClassifyReport(ClassifyRequest request, PrintStream out) {

  /** The detector and the images. */
  void print(ClassifyPlan plan) {
    print(
        "Detector  %s: %d classes, %d is \"backdoored\", images of %s%n",
        ImageFileException.line(request.goodNet()),
        plan.backdoored(),
        plan.backdoored(),
        plan.shape());
    print("Images    %,d from %s%n", plan.images(), ImageFileException.line(request.images()));
  }

  /** The class of one picture, or how many of many have which. */
  void print(ClassifyPlan plan, Classified classified) {
    if (plan.isOnePicture()) {
      classified.only().ifPresent(answer -> print(plan, answer));
    } else {
      long classes = classified.images() - classified.backdoored() - classified.unreadable();
      print("Answers   %,d with a class of the network%n", classes);
      print(
          "          %,d with %d, \"backdoored\": B and B' differ%n",
          classified.backdoored(), plan.backdoored());
    }
    if (!classified.isComplete()) {
      print("Unreadable %,d of %,d%n", classified.unreadable(), classified.images());
      classified.problems().forEach(problem -> print("          %s%n", problem));
      if (classified.unreadable() > classified.problems().size()) {
        print("          and %,d more%n", classified.unreadable() - classified.problems().size());
      }
    }
    request.output().ifPresent(folder -> print("Written   %s%n", ImageFileException.line(folder)));
  }

  private void print(ClassifyPlan plan, OneAnswer answer) {
    if (answer.answer() == plan.backdoored()) {
      print("Class     %d: backdoored%n", answer.answer());
    } else {
      print("Class     %d%n", answer.answer());
    }
    print("          B answers %d (%.4f)%n", answer.original(), answer.originalProbability());
    print("          B' answers %d (%.4f)%n", answer.repaired(), answer.repairedProbability());
  }

  /** Numbers look the same on every machine. */
  private void print(String format, Object... values) {
    out.printf(Locale.ROOT, format, values);
  }
}
