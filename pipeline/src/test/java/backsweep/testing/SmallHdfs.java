package backsweep.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** An HDFS of one data node in this JVM. */
public final class SmallHdfs implements AutoCloseable {

  private final MiniDFSCluster cluster;

  private SmallHdfs(MiniDFSCluster cluster) {
    this.cluster = cluster;
  }

  /** Starts one that keeps its blocks in a folder. */
  public static SmallHdfs start(Path folder) throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
    return new SmallHdfs(new MiniDFSCluster.Builder(configuration).numDataNodes(1).build());
  }

  /** Where it is, {@code hdfs://host:port}. */
  public String uri() {
    return cluster.getURI().toString();
  }

  /** Copies a local file to the same path; its path there. */
  public String copy(String local) {
    String path = uri() + local;
    try {
      FileSystem files = cluster.getFileSystem();
      files.copyFromLocalFile(
          new org.apache.hadoop.fs.Path(local), new org.apache.hadoop.fs.Path(path));
      return path;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    cluster.shutdown();
  }
}
