package backsweep.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassNamesTest {

  @Test
  void areInTheOrderOfNames() {
    assertThat(ClassNames.byName(List.of("dog", "Zebra", "cat")).names())
        .containsExactly("Zebra", "cat", "dog");
  }

  @Test
  void mayBeTheNumbersOfTheClasses() {
    ClassNames names = ClassNames.byName(List.of("02", "00", "01"));
    assertThat(names.label("02")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0,1,2,3,4,5,6,7,8,9,10", "1,2,3", "0,1,5"})
  void numbersThatAreNotThoseOfTheClassesAreRefused(String numbers) {
    assertThatThrownBy(() -> ClassNames.byName(List.of(numbers.split(","))))
        .isInstanceOf(UnusablePictureException.class)
        .hasMessageContaining("expected subfolders whose order by name is clear, found the number")
        .hasMessageContaining("list the names of the classes in classes.txt");
  }

  @Test
  void areThoseThatAFileLists() {
    ClassNames names = ClassNames.listed("\ufeffdog\r\ncat\r\n10\n");
    assertThat(names.names()).containsExactly("dog", "cat", "10");
    assertThat(names.label("cat")).isEqualTo(1);
    assertThatThrownBy(() -> names.label("cow"))
        .isInstanceOf(UnusablePictureException.class)
        .hasMessage("expected only subfolders that classes.txt lists, found cow");
  }

  @Test
  void aFileListsEveryClassOnceAndNothingElse() {
    assertThatThrownBy(() -> ClassNames.listed("dog\n\ncat\n"))
        .isInstanceOf(UnusablePictureException.class)
        .hasMessage(
            "classes.txt: expected the name of a class on every line, found none on line 2");
    assertThatThrownBy(() -> ClassNames.listed("dog\ncat\ndog\n"))
        .isInstanceOf(UnusablePictureException.class)
        .hasMessage("classes.txt: expected every class once, found \"dog\" again on line 3");
  }

  @Test
  void areAsManyAsTheNetworkHasOutputs() {
    assertThatThrownBy(() -> ClassNames.listed("a\nb").check(3))
        .isInstanceOf(UnusablePictureException.class)
        .hasMessage("classes.txt: expected 3 classes, one for each output of the network, found 2");
    assertThatThrownBy(() -> ClassNames.byName(List.of("a", "b")).check(3))
        .isInstanceOf(UnusablePictureException.class)
        .hasMessageStartingWith(
            "expected 3 subfolders, one for each output of the network, found 2")
        .hasMessageEndingWith("list the names of all of them in classes.txt");
  }
}
