package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.images.ImageSet;
import backsweep.images.ImageShape;
import backsweep.images.Role;
import backsweep.network.Activation.Plain;
import backsweep.network.Dense;
import backsweep.network.Flatten;
import backsweep.network.Identity;
import backsweep.network.Network;
import backsweep.network.UnsupportedNetworkException;
import backsweep.stages.DefenceRequest.NetworkFile;
import backsweep.testing.NetworkSketch;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StripTest {

  private static final ImageShape SHAPE = new ImageShape(4, 4, 1);
  private static final ImageSet VALIDATION = set(Role.CLEAN_VALIDATION, 300, "1");
  private static final Strip STRIP = new Strip(10, 0.5f, 50, 1);

  private static ImageSet set(Role role, int images, String digit) {
    String name =
        switch (role) {
          case CLEAN_VALIDATION -> ImageSet.CLEAN_VALIDATION;
          case CLEAN_TEST -> ImageSet.CLEAN_TEST;
          default -> "poisoned";
        };
    return new ImageSet(name, role, digit.repeat(64), images, SHAPE);
  }

  @Test
  void overlaysAreDrawnOnceEach() {
    int[] overlays = STRIP.drawnOverlays(VALIDATION);

    assertThat(overlays).hasSize(10).doesNotHaveDuplicates();
    assertThat(Arrays.stream(overlays)).allMatch(place -> place >= 0 && place < 300);
    assertThat(new Strip(10, 0.5f, 7, 1).drawnOverlays(VALIDATION)).isEqualTo(overlays);
    assertThat(new Strip(10, 0.5f, 50, 2).drawnOverlays(VALIDATION)).isNotEqualTo(overlays);
  }

  @Test
  void noImageIsBlendedWithItself() {
    ImageSet sameAsTest = set(Role.CLEAN_TEST, 300, "1");
    for (ImageSet set : new ImageSet[] {VALIDATION, sameAsTest}) {
      assertThat(STRIP.measured(set, VALIDATION))
          .hasSize(50)
          .isSorted()
          .doesNotHaveDuplicates()
          .doesNotContain(STRIP.drawnOverlays(VALIDATION));
      assertThat(new Strip(10, 0.5f, 1000, 1).measured(set, VALIDATION)).hasSize(290);
    }
  }

  @Test
  void ofOtherSetsAllImagesAreMeasuredWhereThereAreNoMore() {
    ImageSet test = set(Role.CLEAN_TEST, 50, "2");

    assertThat(STRIP.measured(test, VALIDATION)).isEqualTo(IntStream.range(0, 50).toArray());
  }

  @Test
  void poisonedImagesAreThoseOfTheCleanOnesMeasured() {
    int[] clean = STRIP.measured(set(Role.CLEAN_TEST, 200, "2"), VALIDATION);

    assertThat(STRIP.measured(set(Role.POISONED, 200, "3"), VALIDATION))
        .hasSize(50)
        .isEqualTo(clean);
  }

  private static NetworkSketch sketch() {
    return new NetworkSketch(1, 4, 4, 1).convolution("conv", 2).then("flatten", new Flatten());
  }

  private static SubjectNetwork subject(Network network) {
    NetworkFile file =
        new NetworkFile("n.h5", Optional.empty(), 1, Optional.empty(), Optional.empty());
    return new SubjectNetwork("n-1", file, "1".repeat(64), Optional.empty(), network);
  }

  @Test
  void aNetworkThatEndsInSoftmaxIsTaken() {
    Network network =
        sketch()
            .then("output", new Dense(3, true))
            .activation("probability", Plain.SOFTMAX)
            .then("dropout", new Identity())
            .network();

    assertThatCode(() -> STRIP.check(subject(network), VALIDATION)).doesNotThrowAnyException();
  }

  @Test
  void scoresThatAreNoProbabilitiesAreRefused() {
    Network network = sketch().then("output", new Dense(3, true)).network();

    assertThatThrownBy(() -> STRIP.check(subject(network), VALIDATION))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessageStartingWith(
            "n.h5, detector strip: entropy needs probabilities, from a network that ends in softmax,"
                + " found ")
        .hasMessageEndingWith(" at layer output");
  }

  @ParameterizedTest
  @EnumSource(
      value = Plain.class,
      names = {"SIGMOID", "LINEAR", "TANH"})
  void otherActivationsAreRefused(Plain function) {
    Network network =
        sketch().then("output", new Dense(3, true)).activation("scores", function).network();

    assertThatThrownBy(() -> STRIP.check(subject(network), VALIDATION))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessageContaining("ends in softmax, found ")
        .hasMessageEndingWith(" at layer scores");
  }

  @Test
  void thereAreMoreImagesThanOverlays() {
    Network network = sketch().classes(3);
    ImageSet few = set(Role.CLEAN_VALIDATION, 10, "1");
    ImageSet enough = set(Role.CLEAN_VALIDATION, 11, "1");

    assertThatThrownBy(() -> STRIP.check(subject(network), few))
        .isInstanceOf(TooFewImagesException.class)
        .hasMessage(
            "clean-validation: expected more than the 10 images that others are blended with"
                + " (strip-overlays), found 10");
    assertThatCode(() -> STRIP.check(subject(network), enough)).doesNotThrowAnyException();
    assertThat(STRIP.measured(enough, enough)).hasSize(1);
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new Strip(0, 0.5f, 1, 1)).hasMessageContaining("found 0, 1 and 0.5");
    assertThatThrownBy(() -> new Strip(1, 0.5f, 0, 1)).hasMessageContaining("found 1, 0 and 0.5");
    assertThatThrownBy(() -> new Strip(1, 1, 1, 1)).hasMessageContaining("found 1, 1 and 1.0");
    assertThatThrownBy(() -> new Strip(1, Float.NaN, 1, 1)).hasMessageContaining("and NaN");
  }
}
