package backsweep.pictures;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The classes of a folder of pictures, in their order.
 *
 * @param names of the subfolders; the place of a name is the class
 * @param isListed whether a file lists them; else they are the subfolders that there are, by name
 */
public record ClassNames(List<String> names, boolean isListed) {

  /** The file that lists them, one a line, the first is class 0. */
  public static final String FILE = "classes.txt";

  /** Copies the list. */
  public ClassNames {
    names = List.copyOf(names);
  }

  /**
   * The classes that a file lists.
   *
   * @throws UnusablePictureException if a line is empty or there twice
   */
  public static ClassNames listed(String text) {
    List<String> names = text.replaceFirst("^\ufeff", "").lines().toList();
    Set<String> seen = new HashSet<>();
    for (int line = 0; line < names.size(); line++) {
      if (names.get(line).isBlank()) {
        throw new UnusablePictureException(
            "%s: expected the name of a class on every line, found none on line %d"
                .formatted(FILE, line + 1));
      }
      if (!seen.add(names.get(line))) {
        throw new UnusablePictureException(
            "%s: expected every class once, found \"%s\" again on line %d"
                .formatted(FILE, names.get(line), line + 1));
      }
    }
    return new ClassNames(names, true);
  }

  /**
   * The subfolders, by name.
   *
   * @throws UnusablePictureException if their names are numbers, but not those of the classes
   */
  public static ClassNames byName(List<String> subfolders) {
    List<String> names = new ArrayList<>(subfolders);
    names.sort(null);
    if (names.stream().allMatch(name -> name.matches("[0-9]{1,9}"))) {
      for (int place = 0; place < names.size(); place++) {
        checkNumber(names.get(place), place);
      }
    }
    return new ClassNames(names, false);
  }

  private static void checkNumber(String name, int place) {
    if (Integer.parseInt(name) != place) {
      throw new UnusablePictureException(
          ("expected subfolders whose order by name is clear, found the number %s in place %d;"
                  + " list the names of the classes in %s, that of class 0 first")
              .formatted(name, place, FILE));
    }
  }

  /**
   * Checks that there are as many as a network has outputs.
   *
   * @throws UnusablePictureException if there are not
   */
  public void check(int classes) {
    if (names.size() == classes) {
      return;
    }
    throw new UnusablePictureException(
        isListed
            ? "%s: expected %d classes, one for each output of the network, found %d"
                .formatted(FILE, classes, names.size())
            : "expected %d subfolders, one for each output of the network, found %d%s"
                .formatted(
                    classes,
                    names.size(),
                    "; where classes have no pictures, list the names of all of them in " + FILE));
  }

  /**
   * The class that a subfolder holds.
   *
   * @throws UnusablePictureException if it is not listed
   */
  public int label(String subfolder) {
    int label = names.indexOf(subfolder);
    if (label < 0) {
      throw new UnusablePictureException(
          "expected only subfolders that %s lists, found %s".formatted(FILE, subfolder));
    }
    return label;
  }
}
