package backsweep.goodnet;

import java.nio.file.Path;

/** The example of the README: what it shows is the body of this class' method. */
final class GoodNetExample {

  private GoodNetExample() {}

  static void run(String... args) {
    // begin
    try (GoodNet goodNet = GoodNet.load(Path.of(args[0]))) { // out/goodnet/<network>/<repair>
      Answer answer = goodNet.answer(Path.of(args[1])); // a PNG or JPEG file; or float[] pixels
      if (answer.isBackdoored()) {
        System.out.printf(
            "backdoored: B answers %d, B' answers %d%n",
            answer.original().answer(), answer.repaired().answer());
      } else {
        System.out.printf(
            "class %d (%.1f %%)%n", answer.answer(), 100 * answer.original().highest());
      }
    }
    // end
  }
}
