package backsweep.jobs;

import backsweep.images.ImageShape;
import backsweep.images.Pixels;
import backsweep.images.Role;
import backsweep.pictures.NewPng;
import backsweep.report.Findings;
import backsweep.report.Galleries;
import backsweep.report.Gallery;
import backsweep.report.Gallery.Answers;
import backsweep.report.Gallery.Image;
import backsweep.report.Gallery.Picture;
import backsweep.report.Gallery.Shown;
import backsweep.report.Gallery.Told;
import backsweep.report.NetworkFindings;
import backsweep.store.Tables.NetworkRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Images of networks that do not exist: noise, which no PNG file makes smaller. */
final class MadeUpGallery {

  /** The name of a poisoned set: whoever takes it for a tag has opened a dialog. */
  static final String SET = "<img src=x onerror=alert(1)>";

  /** How many there are of each of its two sets. */
  static final int IMAGES = 4;

  private static final ImageShape SHAPE = new ImageShape(55, 47, 3);

  private MadeUpGallery() {}

  /** Those of as many networks as a page shows images of; the second has none any more. */
  static Galleries of(Findings findings) {
    Map<NetworkRow, Gallery> galleries = new HashMap<>();
    for (NetworkFindings network : first(findings)) {
      galleries.put(network.network(), galleries.size() == 1 ? gone() : gallery(galleries.size()));
    }
    return new Galleries(galleries);
  }

  private static List<NetworkFindings> first(Findings findings) {
    List<NetworkFindings> networks = findings.networks();
    return networks.subList(0, Math.min(Galleries.MOST_NETWORKS, networks.size()));
  }

  private static Gallery gone() {
    return new Gallery(
        "X = 10 %, mean-activation",
        List.of(new Shown(SET, Role.POISONED, List.of())), 1, List.of("<b>Gone.</b>"));
  }

  private static Gallery gallery(int seed) {
    Random random = new Random(seed);
    return new Gallery(
        "X = 10 %, mean-activation",
        List.of(
            new Shown("clean-test", Role.CLEAN_TEST, images(random, false)),
            new Shown(SET, Role.POISONED, images(random, true))),
        2,
        List.of());
  }

  private static List<Image> images(Random random, boolean isPoisoned) {
    return IntStream.range(0, IMAGES)
        .mapToObj(
            i ->
                new Image(
                    1000 * i,
                    picture(random),
                    isPoisoned ? 0 : i,
                    isPoisoned && i > 0 ? Optional.of(i) : Optional.empty(),
                    new Answers(
                        new Told(isPoisoned ? 0 : i, random.nextDouble(), true),
                        new Told(i, random.nextDouble(), true))))
        .toList();
  }

  private static Picture picture(Random random) {
    float[] values = new float[SHAPE.values()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(256);
    }
    NewPng png = NewPng.of(Pixels.of(SHAPE, values), 0);
    return new Picture(png.width(), png.height(), png.file());
  }
}
