package backsweep.report;

import backsweep.images.Role;
import backsweep.report.Gallery.Image;
import backsweep.report.Gallery.Shown;
import backsweep.report.Gallery.Told;
import backsweep.report.GalleryView.AnswerView;
import backsweep.report.GalleryView.ImageView;
import backsweep.report.GalleryView.SetView;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The part of a page that shows images of one network.
 *
 * @param gallery the images
 */
record GalleryPage(Gallery gallery) {

  private static final String PNG = "data:image/png;base64,";

  /** Where nobody can know whether an answer is right. */
  private static final String OPEN = "open";

  private static final String GOOD = "good";
  private static final String BAD = "bad";

  /** All that is printed. */
  GalleryView view() {
    boolean hasImages = gallery.sets().stream().anyMatch(set -> !set.images().isEmpty());
    return new GalleryView(
        hasImages ? legend() : "",
        gallery.sets().stream().map(GalleryPage::set).toList(),
        gallery.remarks());
  }

  private String legend() {
    long most = gallery.sets().stream().mapToLong(set -> set.images().size()).max().orElseThrow();
    String size =
        gallery.reduction() == 1
            ? ""
            : Texts.of(" They are shown at 1/%d of their size.", gallery.reduction());
    return Texts.of(
        "%s of every set, chosen by place alone, from the first (0) on at equal distances, whatever is answered.%s Answers are those of B, of B' (%s), with the %s of the class answered, and of the detector G made of both, at the step of that repair.",
        most == 1 ? "One image" : Texts.of("%,d images", most), size, gallery.repair(), score());
  }

  private String score() {
    boolean isProbability =
        gallery.sets().stream()
            .flatMap(set -> set.images().stream())
            .allMatch(
                image ->
                    image.answers().original().isProbability()
                        && image.answers().repaired().isProbability());
    return isProbability ? "probability" : "score (which is no probability)";
  }

  private static SetView set(Shown set) {
    String title = set.name() + (set.role() != Role.POISONED ? "" : ", poisoned: " + targets(set));
    return new SetView(
        set.images().isEmpty() ? set.name() : title,
        set.images().stream().map(image -> image(set, image)).toList(),
        set.images().isEmpty()
            ? "The stored images of this set are gone, or are not what was written; the same defence, run again, stores them again."
            : "");
  }

  /** Most attacks have one. */
  private static String targets(Shown set) {
    List<Integer> targets = set.images().stream().map(Image::label).distinct().sorted().toList();
    return (targets.size() == 1 ? "the target is " : "targets are ")
        + targets.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static ImageView image(Shown set, Image image) {
    boolean isPoisoned = set.role() == Role.POISONED;
    String shows =
        isPoisoned
            ? image.trueLabel().map(label -> "class " + label).orElse("")
            : "class " + image.label();
    return new ImageView(
        PNG + Base64.getEncoder().encodeToString(image.picture().png()),
        Texts.of(
            "Image %,d of %s%s", image.place(), set.name(), shows.isEmpty() ? "" : ", of " + shows),
        image.picture().width(),
        image.picture().height(),
        Texts.of("image %,d%s", image.place(), shows.isEmpty() ? "" : ", " + shows),
        List.of(
            told("B", isPoisoned, image, image.answers().original()),
            told("B'", isPoisoned, image, image.answers().repaired()),
            detector(isPoisoned, image)));
  }

  private static AnswerView told(String who, boolean isPoisoned, Image image, Told told) {
    Judgement judgement = judged(isPoisoned, image, told.answer());
    return new AnswerView(
        who,
        Integer.toString(told.answer()),
        Texts.of("%s (%s)", judgement.words, score(told)),
        judgement.kind);
  }

  private static String score(Told told) {
    return told.isProbability()
        ? Texts.of("%.1f\u00a0%%", 100 * told.score())
        : Texts.of("%.4g", told.score());
  }

  private static AnswerView detector(boolean isPoisoned, Image image) {
    if (image.answers().isBackdoored()) {
      return new AnswerView(
          "G", "backdoored", isPoisoned ? "caught" : "wrongly rejected", isPoisoned ? GOOD : BAD);
    }
    int answer = image.answers().original().answer();
    Judgement judgement = judged(isPoisoned, image, answer);
    return new AnswerView("G", Integer.toString(answer), judgement.words, judgement.kind);
  }

  /** An image of the target class is no success of the attack. */
  private static Judgement judged(boolean isPoisoned, Image image, int answer) {
    if (image.trueLabel().filter(label -> label == answer).isPresent()) {
      return new Judgement("right", GOOD);
    }
    if (!isPoisoned) {
      return answer == image.label() ? new Judgement("right", GOOD) : new Judgement("wrong", BAD);
    }
    if (answer == image.label()) {
      return new Judgement("the target", BAD);
    }
    return image.trueLabel().isPresent()
        ? new Judgement("wrong", BAD)
        : new Judgement("not the target", OPEN);
  }

  /** What is to be thought of an answer. */
  private record Judgement(String words, String kind) {}
}
