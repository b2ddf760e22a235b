package backsweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionsTest {

  @Test
  void areToldInTheirOrder() {
    assertThat(Versions.words("{\"backsweep\":\"0.1\",\"task_cpus\":\"2\"}"))
        .isEqualTo("backsweep 0.1, task cpus 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[1]", "{\"a\":", "0.1 of <b>somebody</b>"})
  void whatIsNoObjectOfTextsIsLeftAsItIs(String json) {
    assertThat(Versions.words(json)).isEqualTo(json);
  }
}
