package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.store.BadPathException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilePatternsTest {

  private final FilePatterns patterns = new FilePatterns(new Configuration());

  @TempDir private Path folder;

  @BeforeEach
  void make() {
    Edited.folder(folder.resolve("zoo/deep.h5"));
    Stream.of("b.h5", "a.h5", "a.json", "c.keras", ".a.h5", "_a.h5", "odd[1].h5", "deep.h5/d.h5")
        .forEach(name -> Edited.text(name, folder.resolve("zoo").resolve(name)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          zoo/*.h5            | zoo/a.h5 zoo/b.h5 zoo/odd[1].h5
          zoo/?.*             | zoo/a.h5 zoo/a.json zoo/b.h5 zoo/c.keras
          zoo/[ab].h5         | zoo/a.h5 zoo/b.h5
          zoo/[!a].*          | zoo/b.h5 zoo/c.keras
          zoo/{c.keras,a.h5}  | zoo/a.h5 zoo/c.keras
          z*/a.h5             | zoo/a.h5
          */*.h5/*            | zoo/deep.h5/d.h5
          zoo/x*.h5           | ''
          x/*.h5              | ''
          zoo/a.h5            | zoo/a.h5
          zoo/missing.h5      | zoo/missing.h5
          zoo/odd[1].h5       | zoo/odd[1].h5
          zoo/odd\\[1\\].*    | zoo/odd[1].h5
          """)
  void meanFilesInTheOrderOfTheirNames(String pattern, String files) {
    assertThat(patterns.files(folder + "/" + pattern))
        .containsExactly(
            Stream.of(files.split(" "))
                .filter(file -> !file.isEmpty())
                .map(file -> folder + "/" + file)
                .toArray(String[]::new));
  }

  @Test
  void filesBeginAsThePatternDoes() {
    assertThat(patterns.files("file:" + folder + "/zoo/../zoo/[a].h5"))
        .containsExactly("file:" + folder + "/zoo/../zoo/a.h5");
    assertThat(patterns.files("../conf/sweep.co*")).containsExactly("../conf/sweep.conf");
    assertThat(patterns.files("pom.[x]ml")).containsExactly("pom.xml");
    assertThat(patterns.qualified("../conf/sweep.conf"))
        .isEqualTo("file:" + Path.of("../conf/sweep.conf").toAbsolutePath().normalize());
  }

  @ParameterizedTest
  @CsvSource({"zoo/{a.h5", "zoo/[a.h5"})
  void oneThatIsNotClosedIsNone(String pattern) {
    assertThatThrownBy(() -> patterns.files(folder + "/" + pattern))
        .isInstanceOf(BadPathException.class)
        .hasMessageContaining(pattern);
  }
}
