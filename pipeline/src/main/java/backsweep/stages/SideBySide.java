package backsweep.stages;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Work that the driver does itself, on all its cores: what each network needs before and after. */
final class SideBySide {

  private SideBySide() {}

  /**
   * What comes of every item, in their order.
   *
   * @throws RuntimeException what the first of the items throws that throws anything, when all are
   *     done
   */
  static <T, R> List<R> map(List<T> items, Function<T, R> work) {
    int threads = Math.min(items.size(), Runtime.getRuntime().availableProcessors());
    if (threads < 2) {
      return items.stream().map(work).toList();
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<R>> calls = new ArrayList<>();
      items.forEach(item -> calls.add(() -> work.apply(item)));
      List<R> results = new ArrayList<>();
      for (Future<R> done : pool.invokeAll(calls)) {
        results.add(done.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw thrown(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      pool.shutdownNow();
    }
  }

  private static RuntimeException thrown(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return (RuntimeException) cause;
  }
}
