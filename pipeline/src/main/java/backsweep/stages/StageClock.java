package backsweep.stages;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** How long each stage of a run took, so that the next bottleneck is known. */
public final class StageClock {

  private final Map<String, Duration> times = new LinkedHashMap<>();
  private String last = "start";

  /** Does a stage's work and adds its time. */
  public <T> T time(String stage, Supplier<T> work) {
    last = stage;
    long start = System.nanoTime();
    try {
      return work.get();
    } finally {
      add(stage, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  /** Does a stage's work and adds its time. */
  public void time(String stage, Runnable work) {
    time(
        stage,
        () -> {
          work.run();
          return stage;
        });
  }

  /** The stage that was begun last: where a run that failed was. */
  public String last() {
    return last;
  }

  /** Adds time that a stage took. */
  public void add(String stage, Duration time) {
    times.merge(stage, time, Duration::plus);
  }

  /** The times by stage, in the order of their beginnings. */
  public Map<String, Duration> times() {
    return Collections.unmodifiableMap(times);
  }
}
