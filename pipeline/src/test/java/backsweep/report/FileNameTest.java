package backsweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names from results stay in the folder that they are put into. */
class FileNameTest {

  @ParameterizedTest
  @CsvSource({
    "bd_net-68ec7afd, bd_net-68ec7afd",
    "../../etc/passwd, _._.._etc_passwd",
    ".., _.",
    ".hidden, _hidden",
    "'<img src=x>-1', _img_src_x_-1",
    "mean-activation (2), mean-activation__2_"
  })
  void haveNothingInThemThatAPathIsMadeOf(String name, String file) {
    assertThat(FileName.of(name)).isEqualTo(file);
  }
}
