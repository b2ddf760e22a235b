package backsweep.jobs;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The last line of a terminal, written again and again in its place. What others write goes through
 * here too, and takes the place of the status, which stands below it when it is shown again. Needs
 * no more of a terminal than a carriage return.
 */
final class StatusLine extends FilterOutputStream {

  private int shown;
  private boolean atLineStart = true;

  StatusLine(OutputStream terminal) {
    super(terminal);
  }

  /** Shows a text, shorter than the terminal is wide; not within a line that others began. */
  synchronized void show(String text) {
    if (atLineStart) {
      String blanks = " ".repeat(Math.max(0, shown - text.length()));
      print("\r" + text + blanks);
      shown = text.length();
    }
  }

  /** Takes the text away. */
  synchronized void erase() {
    if (shown > 0) {
      print("\r" + " ".repeat(shown) + "\r");
      shown = 0;
    }
  }

  /** Shows a line that stays. */
  synchronized void println(String line) {
    erase();
    print(line + System.lineSeparator());
  }

  private void print(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      // Whoever looked at the terminal is gone; the run goes on.
      shown = 0;
    }
  }

  @Override
  public synchronized void write(int b) throws IOException {
    erase();
    out.write(b);
    atLineStart = b == '\n';
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > 0) {
      erase();
      out.write(bytes, offset, length);
      atLineStart = bytes[offset + length - 1] == '\n';
    }
  }
}
