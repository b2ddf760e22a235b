package backsweep.store;

import java.util.Map;
import org.apache.hadoop.util.VersionInfo;

/** A path is of a file system whose library is not on the class path. */
public class MissingLibraryException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private static final Map<String, String> LIBRARIES =
      Map.of(
          "s3a", "hadoop-aws",
          "abfs", "hadoop-azure",
          "abfss", "hadoop-azure",
          "adl", "hadoop-azure-datalake");

  /**
   * Says which library, and how to add it.
   *
   * @param path what was given
   * @param scheme the path's file system
   * @param cause the class that is missing
   */
  public MissingLibraryException(String path, String scheme, ClassNotFoundException cause) {
    super(
        "%s: expected the library of %s: on the class path, found none (%s); add it with BACKSWEEP_SPARK_OPTIONS=\"%s\""
            .formatted(path, scheme, cause.getMessage(), option(scheme)),
        cause);
  }

  private static String option(String scheme) {
    String library = LIBRARIES.get(scheme);
    return library == null
        ? "--packages GROUP:LIBRARY:VERSION"
        : "--packages org.apache.hadoop:%s:%s".formatted(library, VersionInfo.getVersion());
  }
}
