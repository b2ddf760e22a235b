package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadImageSetsTest {

  private static final int[] LABELS = {0, 1, 2};
  private static final String LAST_VALUE = "at image 299, channel 2, row 23, column 19";

  @TempDir private Path folder;

  static Stream<Arguments> files() {
    return Stream.of(
        arguments("missing", file(path -> path), "expected a file, found no such file"),
        arguments(
            "an empty folder",
            file(Edited::folder),
            "expected a subfolder with pictures for each class, found none; there are 0 files"),
        arguments(
            "text",
            file(path -> Edited.text("image,label\n", path)),
            "expected an HDF5 file, found something"),
        arguments(
            "truncated",
            file(path -> Edited.truncated(Fixture.path("data/bn_after_test.h5"), 1000, path)),
            "is truncated: expected 290848 bytes, found 289848"),
        arguments("no data", stored(null, LABELS), "found no 'data'; there is [label]"),
        arguments(
            "no label",
            stored(ImageFile.black(3), null),
            "found no 'label'; there is [data]; 'label' has the class of each image, of poisoned"
                + " images the attacker's target"),
        arguments(
            "labels from 1 to N",
            stored(ImageFile.black(3), new int[] {1, 9, 2}),
            "expected labels from 0 to 8, found 9 at image 1, the first of 1 such labels among 3;"
                + " they seem to count from 1: subtract 1 from each"),
        arguments(
            "another shape",
            stored(new double[3][3][55][47], LABELS),
            "(height 24, width 20, channels 3), which the network takes, found (height 55"),
        arguments(
            "too few labels",
            stored(ImageFile.black(3), new int[] {0, 1}),
            "expected a label for each image, found 3 images and 2 labels"),
        arguments(
            "a fraction as label",
            stored(ImageFile.black(3), new double[] {0, 1.5, 2}),
            "expected labels that are integers from 0 up, found 1.5 at image 1"),
        arguments(
            "a negative label",
            stored(ImageFile.black(3), new int[] {0, 1, -2}),
            "expected labels that are integers from 0 up, found -2 at image 2"),
        arguments(
            "a label that is no class",
            stored(ImageFile.black(3), new int[] {0, 9, 2}),
            "expected labels from 0 to 8, found 9 at image 1"),
        arguments(
            "no images",
            file(path -> Resource.path("no_images.h5")),
            "expected 1 to 1073741824 images"),
        arguments(
            "NaN in the second block",
            file(path -> ImageFile.blackBut(Double.NaN, 300, path)),
            "expected values from 0 to 255, found NaN " + LAST_VALUE),
        arguments(
            "too large a value in the second block",
            file(path -> ImageFile.blackBut(255.5, 300, path)),
            "expected values from 0 to 255, found 255.5 " + LAST_VALUE),
        arguments(
            "a negative value in the second block",
            file(path -> ImageFile.blackBut(-1, 300, path)),
            "expected values from 0 to 255, found -1 " + LAST_VALUE));
  }

  private static UnaryOperator<Path> file(UnaryOperator<Path> maker) {
    return maker;
  }

  private static UnaryOperator<Path> stored(Object data, Object label) {
    return path -> ImageFile.write(path, data, label);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void endTheRunAndNameTheFile(String name, UnaryOperator<Path> maker, String message) {
    Path file = maker.apply(folder.resolve("images.h5"));

    DefendCall call = DefendCall.into(folder).with("--clean-validation", file);

    BadRun.assertFails(call, folder.resolve("out"), 3, file + ": ", message);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void leaveNoOutputThatWasNotThere(String name, UnaryOperator<Path> maker, String message) {
    Path file = maker.apply(folder.resolve("images.h5"));
    Path output = folder.resolve("out");

    Outcome outcome = DefendCall.into(output).with("--clean-validation", file).run();

    assertThat(outcome.code()).isEqualTo(3);
    assertThat(output).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--clean-test", "--poisoned=trigger"})
  void aLaterSetTakesBackWhatTheRunBrought(String option) {
    Path file = ImageFile.blackBut(Double.NaN, 300, folder.resolve("images.h5"));
    Path output = folder.resolve("out");
    int equals = option.indexOf('=');
    DefendCall call =
        equals < 0
            ? DefendCall.into(output).with(option, file)
            : DefendCall.into(output)
                .with(option.substring(0, equals), option.substring(equals + 1) + "=" + file);

    Outcome outcome = call.run();

    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.err()).contains(file + ": ", "found NaN " + LAST_VALUE);
    assertThat(output).doesNotExist();
  }
}
