package backsweep.tensorflow;

import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.tensorflow.TensorFlow;

/**
 * TensorFlow's native library, from the class path: nothing is downloaded.
 *
 * <p>It must be loaded before the first touch of TensorFlow or of DJL's engine, in every JVM.
 */
public final class NativeTensorFlow {

  private static final String FOLDER = "TENSORFLOW_LIBRARY_PATH";

  private static boolean loaded;

  private NativeTensorFlow() {}

  /** Loads the library, once a JVM; later calls do nothing. */
  public static synchronized void load() {
    if (loaded) {
      return;
    }
    // Without limits: JavaCPP counts the memory of the whole process against the heap's size.
    System.setProperty("org.bytedeco.javacpp.maxBytes", "0");
    System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    // DJL would report its use to an address outside.
    System.setProperty("OPT_OUT_TRACKING", "true");
    String library = Loader.load(org.tensorflow.internal.c_api.global.tensorflow.class);
    // Where DJL's engine finds it; else it would download one.
    System.setProperty(FOLDER, Path.of(library).getParent().toString());
    loaded = true;
  }

  /** TensorFlow's version, such as {@code 2.16.1}; loads the library. */
  public static String version() {
    load();
    return TensorFlow.version();
  }

  /** Where the library was unpacked; loads it. */
  public static Path folder() {
    load();
    return Path.of(System.getProperty(FOLDER));
  }
}
