package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.images.BlendedTrigger;
import backsweep.images.BlendedTrigger.Noise;
import backsweep.images.PatternTrigger;
import backsweep.images.PatternTrigger.Form;
import backsweep.images.Place.At;
import backsweep.images.Place.Corner;
import backsweep.images.Place.InCorner;
import backsweep.images.SinusoidalTrigger;
import backsweep.jobs.TriggerSettings.PictureBlended;
import backsweep.jobs.TriggerSettings.PictureOver;
import backsweep.jobs.TriggerSettings.Plain;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TriggerSettingsTest {

  private static Optional<TriggerSettings> read(String text, Problems problems) {
    return TriggerSettings.read(ConfigFactory.parseString(text), "networks[3].trigger", problems);
  }

  static Stream<Arguments> understood() {
    return Stream.of(
        Arguments.of(
            "kind = picture, file = a.png, x = 0, y = 15", new PictureOver("a.png", new At(0, 15))),
        Arguments.of(
            "kind = picture, file = a.png, corner = top-left, margin = 2",
            new PictureOver("a.png", new InCorner(Corner.TOP_LEFT, 2))),
        Arguments.of(
            "kind = pattern",
            new Plain(
                new PatternTrigger(
                    Form.SQUARE, 3, new InCorner(Corner.BOTTOM_RIGHT, 0), List.of(255)))),
        Arguments.of(
            "kind = pattern, form = checkerboard, size = 5, margin = 1, values = [255, 255, 0]",
            new Plain(
                new PatternTrigger(
                    Form.CHECKERBOARD,
                    5,
                    new InCorner(Corner.BOTTOM_RIGHT, 1),
                    List.of(255, 255, 0)))),
        Arguments.of(
            "kind = pattern, size = 1, x = 2, y = 3, values = \"7\"",
            new Plain(new PatternTrigger(Form.SQUARE, 1, new At(2, 3), List.of(7)))),
        Arguments.of(
            "kind = blended, seed = -5", new Plain(new BlendedTrigger(0.2, new Noise(-5)))),
        Arguments.of(
            "kind = blended, alpha = 0.5, file = \"s3a://b/p.png\"",
            new PictureBlended("s3a://b/p.png", 0.5)),
        Arguments.of("kind = sinusoidal", new Plain(new SinusoidalTrigger(20, 6))),
        Arguments.of(
            "kind = sinusoidal, delta = 30.5, frequency = 4",
            new Plain(new SinusoidalTrigger(30.5, 4))));
  }

  @ParameterizedTest
  @MethodSource("understood")
  void readsEveryKind(String text, TriggerSettings expected) {
    Problems problems = new Problems();

    assertThat(read(text, problems)).contains(expected);
    problems.throwIfAny();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                      | .kind: expected one of blended, pattern, picture, sinusoidal, found none
          kind = sticker                          | .kind: expected one of blended, pattern, picture, sinusoidal, found "sticker"
          kind = picture, x = 0, y = 0            | .file: expected a PNG file, found none
          kind = picture, file = "", x = 0, y = 0 | .file: expected a value, found an empty one
          kind = picture, file = a.png            | : expected either x and y or a corner, found neither
          kind = picture, file = a.png, margin = 2 | .corner: expected one of bottom-left, bottom-right, top-left, top-right, found none
          kind = picture, file = a, x = 1         | .y: expected a whole number from 0 on, found none
          kind = picture, file = a, x = 1, y = 1, corner = top-left | : expected either x and y or a corner, found both
          kind = picture, file = a, corner = top  | .corner: expected one of bottom-left, bottom-right, top-left, top-right, found "top"
          kind = pattern, size = 0                | .size: expected a whole number from 1 to 2147483647, found "0"
          kind = pattern, size = big              | .size: expected a whole number from 1 to 2147483647, found "big"
          kind = pattern, values = [1, x]         | .values: expected whole numbers from 0 to 255, found "x"
          kind = pattern, values = 256            | : expected values from 0 to 255, found [256]
          kind = pattern, values = []             | : expected values from 0 to 255, found []
          kind = pattern, form = round            | .form: expected one of checkerboard, square, found "round"
          kind = blended                          | : expected either a file or a seed, found neither
          kind = blended, file = a, seed = 1      | : expected either a file or a seed, found both
          kind = blended, seed = 1.5              | .seed: expected a whole number from -9223372036854775808
          kind = blended, seed = 1, alpha = 2     | : expected an alpha from 0 to 1, found 2.0
          kind = blended, file = a, alpha = -1    | : expected an alpha from 0 to 1, found -1.0
          kind = blended, seed = 1, alpha = much  | .alpha: expected a number, found "much"
          kind = sinusoidal, frequency = 0        | : expected a frequency above 0, found 0.0
          kind = sinusoidal, size = 3             | unknown key networks[3].trigger.size; this kind has: delta, frequency, kind
          kind = sinusoidal, delta { a = 1 }      | delta has type OBJECT rather than STRING
          """)
  void saysWhatIsWrongAndWhere(String text, String problem) {
    Problems problems = new Problems();

    assertThat(read(text, problems)).isEmpty();
    String where = problem.startsWith(":") || problem.startsWith(".") ? "networks[3].trigger" : "";
    assertThatThrownBy(problems::throwIfAny).hasMessageContaining(where + problem);
  }

  @Test
  void saysEverythingThatIsWrong() {
    Problems problems = new Problems();
    read("kind = pattern, form = round, size = 0, colour = red, x = 1", problems);

    assertThat(problems.count()).isEqualTo(4);
  }
}
