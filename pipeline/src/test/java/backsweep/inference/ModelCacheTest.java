package backsweep.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.tensorflow.NetworkModels;
import backsweep.tensorflow.SavedModel;
import backsweep.testing.NetworkSketch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ModelCacheTest {

  /** Those that a process left that was killed are not ours. */
  private final List<Path> before = all();

  private final List<ModelCache> caches = new ArrayList<>();

  @BeforeAll
  static void startEngine() {
    new Threads(2, 2).fix();
  }

  private ModelCache cache(int capacity) {
    return cache(capacity, Long.MAX_VALUE);
  }

  private ModelCache cache(int capacity, long mostBytes) {
    caches.add(new ModelCache(capacity, mostBytes));
    return caches.get(caches.size() - 1);
  }

  @AfterEach
  void closeCaches() {
    for (ModelCache cache : caches) {
      cache.close();
      assertThat(cache.counts().open()).isZero();
    }
  }

  @Test
  void aModelIsLoadedOnceAndStaysOpen() {
    ModelCache cache = cache(2);
    try (ModelCache.Lease one = cache.lease(model(1));
        ModelCache.Lease other = cache.lease(model(1))) {
      assertThat(one.model()).isSameAs(other.model());
      assertThat(cache.counts()).isEqualTo(new ModelCounts(1, 0, 2));
    }
    assertThat(cache.counts()).isEqualTo(new ModelCounts(1, 0, 0));
  }

  @Test
  void modelsThatAreTooLargeTogetherAreNotKept() {
    ModelCache cache = cache(9, 2 * model(1).size() + 1);
    cache.lease(model(1)).close();
    cache.lease(model(2)).close();
    assertThat(cache.counts()).isEqualTo(new ModelCounts(2, 0, 0));
    cache.lease(model(3)).close();
    assertThat(cache.counts()).isEqualTo(new ModelCounts(3, 1, 0));
    cache.lease(model(2)).close();
    assertThat(cache.counts().loaded()).isEqualTo(3);
    cache.lease(model(1)).close();
    assertThat(cache.counts().loaded()).isEqualTo(4);
  }

  @Test
  void aModelThatIsTooLargeAloneStaysWhileItIsLeased() {
    ModelCache cache = cache(9, 1);
    try (ModelCache.Lease lease = cache.lease(model(1))) {
      cache.lease(model(2)).close();
      assertThat(cache.counts()).isEqualTo(new ModelCounts(2, 1, 1));
      assertThat(lease.model().getBlock()).isNotNull();
    }
    assertThat(cache.counts()).isEqualTo(new ModelCounts(2, 2, 0));
  }

  @Test
  void theModelNotUsedForLongestIsClosed() {
    ModelCache cache = cache(2);
    cache.lease(model(1)).close();
    cache.lease(model(2)).close();
    cache.lease(model(1)).close();
    cache.lease(model(3)).close();
    assertThat(cache.counts()).isEqualTo(new ModelCounts(3, 1, 0));
    cache.lease(model(1)).close();
    assertThat(cache.counts().loaded()).isEqualTo(3);
    cache.lease(model(2)).close();
    assertThat(cache.counts().loaded()).isEqualTo(4);
    assertThat(cache.counts().open()).isEqualTo(2);
  }

  @Test
  void aLeasedModelStaysOpenUntilItIsGivenBack() {
    ModelCache cache = cache(1);
    ModelCache.Lease one = cache.lease(model(1));
    ModelCache.Lease two = cache.lease(model(2));
    assertThat(cache.counts().open()).isEqualTo(2);
    one.close();
    assertThat(cache.counts()).isEqualTo(new ModelCounts(2, 1, 1));
    one.close();
    two.close();
    assertThat(cache.counts()).isEqualTo(new ModelCounts(2, 1, 0));
  }

  @Test
  void manyThreadsLoadAModelOnce() throws InterruptedException, ExecutionException {
    ModelCache cache = cache(2);
    List<SavedModel> models = List.of(model(1), model(2), model(3), model(4));
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        SavedModel model = models.get(i % 50 < 40 ? 0 : i % 4);
        tasks.add(() -> isUsable(cache, model));
      }
      for (Future<Boolean> task : pool.invokeAll(tasks)) {
        assertThat(task.get()).isTrue();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(cache.counts().open()).isEqualTo(2);
    assertThat(cache.counts().leases()).isZero();
  }

  private static boolean isUsable(ModelCache cache, SavedModel model) {
    try (ModelCache.Lease lease = cache.lease(model)) {
      return lease.model().getNDManager().isOpen();
    }
  }

  @Test
  void whatCannotBeLoadedLeavesNothingBehind() {
    ModelCache cache = cache(2);
    SavedModel broken = SavedModel.of(Map.of("saved_model.pb", new byte[] {1, 2, 3}));

    assertThatThrownBy(() -> cache.lease(broken))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageStartingWith("cannot load " + broken);

    assertThat(cache.counts()).isEqualTo(new ModelCounts(0, 0, 0));
    assertThat(folders()).isEmpty();
  }

  @Test
  void theFilesOfALoadedModelAreGone() {
    try (ModelCache.Lease lease = cache(1).lease(model(5))) {
      assertThat(lease.model().getBlock().describeInput().keys()).containsExactly("image");
      assertThat(folders()).isEmpty();
    }
  }

  private List<Path> folders() {
    return all().stream().filter(folder -> !before.contains(folder)).toList();
  }

  private static List<Path> all() {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(f -> f.getFileName().toString().startsWith("backsweep-model-")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SavedModel model(long seed) {
    return new NetworkModels(new NetworkSketch(seed, 4, 4, 1).convolution("c", 2).classes(3), 1)
        .whole();
  }
}
