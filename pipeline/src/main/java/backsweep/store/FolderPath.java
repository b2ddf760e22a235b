package backsweep.store;

/** Folders on any Hadoop path, as what is in them is found from there. */
public final class FolderPath {

  private FolderPath() {}

  /**
   * The path of something in a folder, which may be a root: to Hadoop {@code //x} and {@code
   * file://x} are a host, so that a slash is not doubled.
   *
   * @param folder with any number of slashes at its end
   * @param name from there on
   */
  public static String below(String folder, String name) {
    int end = folder.length();
    while (end > 0 && folder.charAt(end - 1) == '/') {
      end--;
    }
    return folder.substring(0, end) + "/" + name;
  }
}
