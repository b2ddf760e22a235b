package backsweep.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ImageFileExceptionTest {

  /** An escape, one beyond ASCII, a change of direction, an end of line. */
  @Test
  void namesReachNoTerminalAsControlCharacters() {
    assertThat(new ImageFileException("a/\u001b[2J\u009b2J\u202ex.png", "is\nbroken"))
        .hasMessage("a/?[2J?2J?x.png: is?broken");
    assertThat(new ImageFileException(Path.of("é", "\ud83d\ude42.png"), "is broken"))
        .hasMessage("é/\ud83d\ude42.png: is broken");
  }
}
