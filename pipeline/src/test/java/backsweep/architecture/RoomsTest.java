package backsweep.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rooms of the library: who may import whom, and each outside library in its room. */
@AnalyzeClasses(packages = "backsweep", importOptions = DoNotIncludeTests.class)
class RoomsTest {

  /** Fewer classes than this and the rules looked at nothing. */
  private static final int FLOOR = 100;

  private static final Path SOURCES = Path.of("src/main/java/backsweep");

  private static final Map<String, Set<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("network", Set.of()),
          Map.entry("hdf", Set.of()),
          Map.entry("images", Set.of("hdf")),
          Map.entry("pictures", Set.of("images")),
          Map.entry("evaluation", Set.of()),
          Map.entry("faces", Set.of("images")),
          Map.entry("keras", Set.of("network")),
          Map.entry("modelfiles", Set.of("network", "hdf", "keras")),
          Map.entry("writing", Set.of("network", "hdf", "keras", "modelfiles")),
          Map.entry("tensorflow", Set.of("network", "images")),
          Map.entry("inference", Set.of("images", "tensorflow")),
          Map.entry("goodnet", Set.of("network", "images", "pictures", "tensorflow", "inference")),
          Map.entry("training", Set.of("network", "images", "tensorflow", "pruning")),
          Map.entry("attack", Set.of("network", "images", "tensorflow", "training", "evaluation")),
          Map.entry("pruning", Set.of("network", "evaluation", "images")),
          Map.entry("store", Set.of("images")),
          Map.entry("charts", Set.of()),
          Map.entry("report", Set.of("charts", "evaluation", "images", "store")),
          Map.entry(
              "stages",
              Set.of(
                  "network",
                  "training",
                  "attack",
                  "keras",
                  "modelfiles",
                  "writing",
                  "images",
                  "pictures",
                  "tensorflow",
                  "inference",
                  "goodnet",
                  "pruning",
                  "evaluation",
                  "store")));

  private static final Map<String, List<String>> HOMES =
      Map.of(
          "org.tensorflow..", List.of("tensorflow"),
          "ai.djl..", List.of("inference"),
          "io.jhdf..", List.of("hdf", "modelfiles", "images"),
          "javax.imageio..", List.of("pictures"),
          "org.jfree..", List.of("charts"),
          "org.apache.batik..", List.of("charts"),
          "freemarker..", List.of("report"),
          "org.apache.spark..", List.of("stages", "store"),
          "org.apache.hadoop..", List.of("stages", "store"),
          "com.fasterxml.jackson..", List.of("keras", "writing", "store", "stages", "report"));

  @ArchTest
  static void enoughClassesAreSeen(JavaClasses classes) {
    assertThat(classes.size()).isGreaterThan(FLOOR);
    assertThat(MAY_IMPORT.keySet())
        .isEqualTo(Set.copyOf(classes.stream().map(c -> room(c.getPackageName())).toList()));
  }

  private static String room(String packageName) {
    return packageName.split("\\.", -1)[1];
  }

  @ArchTest
  static void everyRoomImportsOnlyWhatItMay(JavaClasses classes) {
    MAY_IMPORT.forEach((room, allowed) -> imports(room, allowed).check(classes));
  }

  private static ArchRule imports(String room, Set<String> allowed) {
    String[] forbidden =
        MAY_IMPORT.keySet().stream()
            .filter(other -> !other.equals(room) && !allowed.contains(other))
            .map(other -> "backsweep." + other + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage("backsweep." + room + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .because("%s may import %s only".formatted(room, allowed));
  }

  @ArchTest
  static void everyLibraryHasItsRooms(JavaClasses classes) {
    HOMES.forEach((library, rooms) -> isAtHome(library, rooms).check(classes));
  }

  private static ArchRule isAtHome(String library, List<String> rooms) {
    String[] homes = rooms.stream().map(room -> "backsweep." + room + "..").toArray(String[]::new);
    return classes()
        .that(resideInAPackage("backsweep..").and(dependOn(library)))
        .should()
        .resideInAnyPackage(homes)
        .because(library + " is at home in " + rooms);
  }

  private static DescribedPredicate<JavaClass> dependOn(String library) {
    return DescribedPredicate.describe(
        "depend on " + library,
        type ->
            type.getDirectDependenciesFromSelf().stream()
                .anyMatch(d -> resideInAPackage(library).test(d.getTargetClass())));
  }

  @ArchTest
  static final ArchRule roomsAreFreeOfCycles =
      slices().matching("backsweep.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothingIsADrawer =
      noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Common)$");

  @ArchTest
  static void everyRoomSaysWhatLivesThere(JavaClasses classes) {
    assertThat(MAY_IMPORT.keySet())
        .allSatisfy(room -> assertThat(SOURCES.resolve(room + "/package-info.java")).exists());
  }
}
