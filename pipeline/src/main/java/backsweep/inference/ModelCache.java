package backsweep.inference;

import ai.djl.Model;
import backsweep.tensorflow.SavedModel;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loaded models by the hash of their files, shared by the threads that lease them.
 *
 * <p>Up to {@code capacity} models stay open, if their files have no more than {@code mostBytes}
 * together; beyond that, the one that was not used for longest is closed as soon as nobody leases
 * it. Every model is loaded once, also when several threads ask for it at a time.
 */
final class ModelCache implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ModelCache.class);

  /** A model and who uses it; its monitor is held while it loads. */
  private static final class Entry {
    private final String hash;
    private final long bytes;
    private Model model;
    private int leases;

    private Entry(SavedModel files) {
      this.hash = files.sha256();
      this.bytes = files.size();
    }

    @Override
    public String toString() {
      return hash.substring(0, 8);
    }
  }

  /** The right to use a model until it is closed. */
  final class Lease implements AutoCloseable {
    private final Entry entry;
    private boolean returned;

    private Lease(Entry entry) {
      this.entry = entry;
    }

    /** The model; not to be closed by who leases it. */
    Model model() {
      return entry.model;
    }

    @Override
    public void close() {
      synchronized (ModelCache.this) {
        if (!returned) {
          returned = true;
          giveBack(entry);
        }
      }
    }
  }

  private final int capacity;
  private final long mostBytes;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private int loaded;
  private int closed;

  ModelCache(int capacity, long mostBytes) {
    this.capacity = capacity;
    this.mostBytes = mostBytes;
  }

  /**
   * A model, loaded if it is not.
   *
   * @throws ModelLoadException if it cannot be loaded; the next call tries again
   */
  Lease lease(SavedModel files) {
    Entry entry = reserve(files);
    try {
      load(entry, files);
    } catch (RuntimeException | Error e) {
      abandon(entry);
      throw e;
    }
    return new Lease(entry);
  }

  private synchronized Entry reserve(SavedModel files) {
    Entry entry = entries.remove(files.sha256());
    if (entry == null) {
      entry = new Entry(files);
    }
    entries.put(files.sha256(), entry);
    entry.leases++;
    evict(capacity, mostBytes);
    return entry;
  }

  private void load(Entry entry, SavedModel files) {
    synchronized (entry) {
      if (entry.model == null) {
        entry.model = ModelFiles.load(files);
        countLoaded(entry);
      }
    }
  }

  private synchronized void countLoaded(Entry entry) {
    loaded++;
    LOG.info("Loaded model {}, {} open", entry, loaded - closed);
  }

  private synchronized void abandon(Entry entry) {
    entry.leases--;
    if (entry.leases == 0 && entry.model == null) {
      entries.remove(entry.hash, entry);
    }
  }

  private void giveBack(Entry entry) {
    entry.leases--;
    evict(capacity, mostBytes);
  }

  private void evict(int limit, long limitBytes) {
    long bytes = entries.values().stream().mapToLong(entry -> entry.bytes).sum();
    Iterator<Entry> oldestFirst = entries.values().iterator();
    while ((entries.size() > limit || bytes > limitBytes) && oldestFirst.hasNext()) {
      Entry entry = oldestFirst.next();
      if (entry.leases == 0) {
        bytes -= entry.bytes;
        oldestFirst.remove();
        entry.model.close();
        closed++;
        LOG.info("Closed model {}, {} open", entry, loaded - closed);
      }
    }
  }

  /** Closes every model that nobody leases; the cache can still be used. */
  @Override
  public synchronized void close() {
    evict(0, 0);
  }

  /** What it has done so far. */
  synchronized ModelCounts counts() {
    int leases = entries.values().stream().mapToInt(entry -> entry.leases).sum();
    return new ModelCounts(loaded, closed, leases);
  }
}
