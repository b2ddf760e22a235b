package backsweep.report;

/** Names of files made of names that come from results, which may be anybody's. */
public final class FileName {

  private FileName() {}

  /** The same with nothing in it but letters, digits, {@code _ - .}, and no dot in front. */
  public static String of(String name) {
    return name.replaceAll("[^A-Za-z0-9_.-]", "_").replaceFirst("^\\.", "_");
  }
}
