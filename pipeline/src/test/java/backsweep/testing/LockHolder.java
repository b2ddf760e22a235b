package backsweep.testing;

import backsweep.store.OutputLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** A process that takes the lock of an output and then waits to be killed. */
public final class LockHolder {

  private static final String HELD = "held";

  private LockHolder() {}

  /** Takes the lock of the output that the argument names. */
  public static void main(String[] arguments) throws InterruptedException {
    try (OutputLock lock =
        OutputLock.acquire(new Configuration(), arguments[0], "defend in another process")) {
      lock.requireHeld();
      System.out.println(HELD);
      Thread.sleep(Long.MAX_VALUE);
    }
  }

  /** A process of its own that holds the lock. */
  public static Process start(String output) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    LockHolder.class.getName(),
                    output))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.inputReader(StandardCharsets.UTF_8).lines().anyMatch(HELD::equals)) {
      throw new IOException("no lock on " + output);
    }
    return process;
  }
}
