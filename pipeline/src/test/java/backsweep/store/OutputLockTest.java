package backsweep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.store.OutputLock.Patience;
import backsweep.testing.RemoteFileSystem;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputLockTest {

  private static final long NO_PROCESS = Integer.MAX_VALUE;

  private static final Patience SHORT =
      new Patience(Duration.ofSeconds(60), Duration.ofMillis(500));

  @TempDir private Path output;

  private OutputLock acquire(String purpose) {
    return OutputLock.acquire(new Configuration(), output.toString(), purpose, SHORT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "remote:"})
  void refusesASecondRunByTheNameOfTheFirst(String scheme) {
    Configuration configuration = RemoteFileSystem.configuration();
    String path = scheme + output;
    try (OutputLock lock = OutputLock.acquire(configuration, path, "defend one")) {
      assertThatThrownBy(() -> OutputLock.acquire(configuration, path, "defend two"))
          .isInstanceOf(OutputInUseException.class)
          .hasMessageContaining(path)
          .hasMessageContaining(
              "another run writes there: defend one (process "
                  + ProcessHandle.current().pid()
                  + " on ");
      lock.requireHeld();
    }
    OutputLock.acquire(configuration, path, "defend three").close();
  }

  @Test
  void leavesNothingBehind() {
    acquire("defend one").close();
    assertThat(output).isEmptyDirectory();
  }

  @Test
  void takesOverTheLockOfADeadProcess() throws IOException {
    writeLock(InetAddress.getLocalHost().getHostName(), NO_PROCESS, Instant.now());
    acquire("defend two").close();
  }

  @Test
  void takesOverTheLockOfAnEarlierProcessWithTheSameNumber() throws IOException {
    writeLock(
        InetAddress.getLocalHost().getHostName(), ProcessHandle.current().pid(), Instant.now());
    acquire("defend two").close();
  }

  /** By the clock it was abandoned long ago: that of the other machine may be wrong. */
  @Test
  void respectsTheLockOfAnotherHostThatItSeesTouched() throws Exception {
    writeLock("elsewhere", NO_PROCESS, Instant.now().minus(Duration.ofMinutes(5)));
    assertRefusedWhile(() -> touch(Instant.now().minus(Duration.ofMinutes(4))))
        .hasMessageContaining("defend one (process " + NO_PROCESS + " on elsewhere, since ");
  }

  @Test
  void respectsALockThatIsNotWhollyWrittenYet() throws Exception {
    Files.writeString(output.resolve(".lock"), "{\"purpose\":");
    assertRefusedWhile(() -> writeLock("elsewhere", NO_PROCESS, Instant.now()))
        .hasMessageContaining("another run writes there: defend one");
  }

  @Test
  void getsALockThatIsGivenBackWhileItWaits() throws Exception {
    writeLock("elsewhere", NO_PROCESS, Instant.now());
    Future<OutputLock> waiting = acquireWhile(() -> Files.delete(output.resolve(".lock")));
    waiting.get().close();
  }

  @Test
  void takesOverTheLockOfAnotherHostThatNobodyTouches() throws IOException {
    writeLock("elsewhere", NO_PROCESS, Instant.now().minus(Duration.ofMinutes(5)));
    acquire("defend two").close();
  }

  @Test
  void cannotLookUpAProcessOfAnotherContainer() throws Exception {
    String host = InetAddress.getLocalHost().getHostName();
    writeLock(host, "pid:[1]", NO_PROCESS, Instant.now().minus(Duration.ofMinutes(5)));
    assertRefusedWhile(() -> touch(Instant.now()));
  }

  private interface Change {
    void make() throws IOException;
  }

  private AbstractThrowableAssert<?, ?> assertRefusedWhile(Change change) throws Exception {
    Future<OutputLock> waiting = acquireWhile(change);
    return assertThatThrownBy(waiting::get).cause().isInstanceOf(OutputInUseException.class);
  }

  /** Makes a change while another thread waits for the lock. */
  private Future<OutputLock> acquireWhile(Change change) throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<OutputLock> waiting = thread.submit(() -> acquire("defend two"));
      Thread.sleep(SHORT.watched().toMillis() / 2);
      change.make();
      return waiting;
    } finally {
      thread.shutdown();
    }
  }

  private void touch(Instant time) throws IOException {
    Files.setLastModifiedTime(output.resolve(".lock"), FileTime.from(time));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "remote:"})
  void isKeptByTouchingAlsoWhereTimesCannotBeSet(String scheme) throws IOException {
    Configuration configuration = RemoteFileSystem.configuration();
    Path file = output.resolve(".lock");
    try (OutputLock lock = OutputLock.acquire(configuration, scheme + output, "defend one")) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofMinutes(5))));
      lock.touch();

      assertThat(Files.getLastModifiedTime(file).toInstant())
          .isAfter(Instant.now().minus(Duration.ofMinutes(1)));
      assertThatThrownBy(() -> OutputLock.acquire(configuration, scheme + output, "defend two"))
          .isInstanceOf(OutputInUseException.class);
      lock.requireHeld();
    }
  }

  @Test
  void ofAnotherRunIsNotTouched() throws IOException {
    try (OutputLock lock =
        OutputLock.acquire(RemoteFileSystem.configuration(), "remote:" + output, "defend one")) {
      Instant then = Instant.now().minus(Duration.ofMinutes(5));
      writeLock("elsewhere", NO_PROCESS, then);
      lock.touch();

      assertThat(Files.getLastModifiedTime(output.resolve(".lock")).toInstant())
          .isBefore(then.plusSeconds(1));
    }
  }

  @Test
  void isNotHeldAfterAnotherRunTookItOver() throws IOException {
    try (OutputLock lock = acquire("defend one")) {
      Files.delete(output.resolve(".lock"));
      writeLock("elsewhere", NO_PROCESS, Instant.now());
      assertThatThrownBy(lock::requireHeld).isInstanceOf(OutputInUseException.class);
    }
    assertThat(output.resolve(".lock")).exists();
  }

  @Test
  void goesToOneOfManyThatTakeOverAtOnce() throws Exception {
    for (int round = 0; round < 20; round++) {
      writeLock("elsewhere", NO_PROCESS, Instant.now().minus(Duration.ofMinutes(5)));
      List<OutputLock> held = acquireAtOnce(8);
      assertThat(held).hasSize(1);
      held.forEach(OutputLock::close);
      Files.deleteIfExists(output.resolve(".lock"));
    }
  }

  private List<OutputLock> acquireAtOnce(int runs) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(runs);
    try {
      List<Callable<OutputLock>> callers = new ArrayList<>();
      for (int run = 0; run < runs; run++) {
        String purpose = "defend " + run;
        callers.add(() -> acquire(purpose));
      }
      List<OutputLock> held = new ArrayList<>();
      for (Future<OutputLock> outcome : threads.invokeAll(callers)) {
        try {
          held.add(outcome.get());
        } catch (ExecutionException e) {
          assertThat(e).hasCauseInstanceOf(OutputInUseException.class);
        }
      }
      return held;
    } finally {
      threads.shutdown();
    }
  }

  private void writeLock(String host, long pid, Instant touched) throws IOException {
    writeLock(host, OutputLock.pidNamespace(), pid, touched);
  }

  private void writeLock(String host, String pidNamespace, long pid, Instant touched)
      throws IOException {
    Path lock = output.resolve(".lock");
    Files.writeString(
        lock,
        "{\"purpose\":\"defend one\",\"host\":\"%s\",\"pidNamespace\":\"%s\",\"pid\":%d,\"processStarted\":\"then\",\"since\":\"then\"}"
            .formatted(host, pidNamespace, pid));
    Files.setLastModifiedTime(lock, FileTime.from(touched));
  }
}
