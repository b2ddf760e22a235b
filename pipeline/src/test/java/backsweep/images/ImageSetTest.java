package backsweep.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ImageSetTest {

  private static final String SHA256 =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void countsItsBlocks() {
    assertThat(set("clean-validation", Role.CLEAN_VALIDATION, 1283).blocks()).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource({
    "clean-test, CLEAN_VALIDATION",
    "sunglasses, CLEAN_TEST",
    "clean-test, POISONED",
    "' ', POISONED"
  })
  void refusesANameThatIsNotTheRoles(String name, Role role) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> set(name, role, 1))
        .withMessage(
            "an image set with role %s cannot be called '%s'".formatted(role.tableName(), name));
  }

  @Test
  void refusesNoImages() {
    assertThatIllegalArgumentException().isThrownBy(() -> set("sunglasses", Role.POISONED, 0));
  }

  @ParameterizedTest
  @EnumSource
  void namesRolesAsTheTablesDo(Role role) {
    assertThat(Role.ofTableName(role.tableName())).isEqualTo(role);
    assertThat(role.tableName()).isIn("clean_validation", "clean_test", "poisoned", "fine_tuning");
  }

  @Test
  void hashesAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("abc");
    Files.writeString(file, "abc");
    assertThat(FileHash.sha256(file)).isEqualTo(SHA256);
  }

  private static ImageSet set(String name, Role role, int images) {
    return new ImageSet(name, role, SHA256, images, new ImageShape(55, 47, 3));
  }
}
