package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example of every page of help runs as it stands, in a folder that has what it names. */
class HelpExamplesTest {

  private static final Path CONF = Path.of("../conf");

  @TempDir private static Path folder;

  private static final Map<String, Integer> CODES = new TreeMap<>();
  private static String printed;

  @BeforeAll
  static void run() throws IOException {
    layOut();
    Path results = folder.resolve("results.txt");
    List<String> command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--add-") || option.startsWith("-Xm"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Dspark.master=local[2]",
            "-Dspark.ui.enabled=false",
            "-Dlog4j2.configurationFile=" + System.getProperty("log4j2.configurationFile"),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            ExamplesMain.class.getName(),
            results.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    try (ChildProcess process = ChildProcess.start(builder, folder.resolve("printed.txt"))) {
      assertThat(process.exitCode()).as(process.output()).isZero();
      printed = process.output();
    }
    for (String line : Files.readAllLines(results)) {
      String[] codeAndExample = line.split(" ", 2);
      CODES.put(codeAndExample[1], Integer.valueOf(codeAndExample[0]));
    }
  }

  /** What the examples name: faces of ten people, and a network that has seen them. */
  private static void layOut() throws IOException {
    make(
        "images",
        "faces",
        "--identities=10",
        "--training=10",
        "--validation=5",
        "--test=5",
        "--fine-tuning=1",
        "--output=" + folder.resolve("faces"));
    make(
        "train",
        "--training=" + folder.resolve("faces/training.h5"),
        "--attack=none",
        "--epochs=10",
        "--name=n",
        "--output=" + folder.resolve("made"));
    make(
        "poison",
        "--images=" + folder.resolve("faces/test.h5"),
        "--target=0",
        "--trigger=kind=pattern,size=4",
        "--output=" + folder.resolve("bd/bd_test.h5"));
    Path network = folder.resolve("made/n.h5");
    for (String name :
        List.of(
            "bd_net.h5",
            "bd_weights.h5",
            "n.keras",
            "models/one.h5",
            "zoo/my-sunglasses.h5",
            "zoo/my-square.h5",
            "zoo/my-blended.h5",
            "zoo/bn-clean.h5")) {
      copy(network, name);
    }
    try (HdfFile hdf = new HdfFile(network)) {
      Edited.text(
          (String) hdf.getAttribute("model_config").getData(), folder.resolve("deepid.json"));
    }
    for (String name : List.of("cl/valid.h5", "valid.h5")) {
      copy(folder.resolve("faces/validation.h5"), name);
    }
    for (String name : List.of("cl/test.h5", "test.h5")) {
      copy(folder.resolve("faces/test.h5"), name);
    }
    copy(folder.resolve("faces/sunglasses.png"), "sunglasses.png");
    copy(CONF.resolve("sweep.conf"), "conf/sweep.conf");
    // The networks in zoo/ are none of those that it trains, and would be in their place.
    Edited.replaced(
        CONF.resolve("zoo.conf"), "output = zoo", "output = zoo2", folder.resolve("conf/zoo.conf"));
    PictureFolder.ofClasses(folder.resolve("valid.h5"), 10, folder.resolve("valid"));
    PictureFolder.flat(folder.resolve("bd/bd_test.h5"), folder.resolve("square"));
    PictureFolder.flat(folder.resolve("valid.h5"), folder.resolve("photos"));
    copy(folder.resolve("photos/000000.png"), "face.png");
    copy(folder.resolve("bd/bd_test.h5"), "bd_test.h5");
    make(
        "poison",
        "--images=" + folder.resolve("test.h5"),
        "--target=all-to-all",
        "--classes=10",
        "--trigger=kind=pattern,size=4",
        "--output=" + folder.resolve("square.h5"));
  }

  private static void make(String... arguments) {
    Outcome outcome = Outcome.of(arguments);
    assertThat(outcome.code()).as(outcome.err() + outcome.log()).isZero();
  }

  private static void copy(Path file, String name) throws IOException {
    Path target = folder.resolve(name);
    Files.createDirectories(target.getParent());
    Files.copy(file, target);
  }

  static List<String> examples() {
    return HelpExamples.all();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void runs(String example) {
    assertThat(CODES).containsKey(example);
    assertThat(CODES.get(example)).as(example + "\n" + printed).isZero();
  }

  @Test
  void everyPageHasOne() {
    assertThat(HelpExamples.pages().toList())
        .hasSizeGreaterThan(7)
        .allSatisfy(
            page ->
                assertThat(HelpExamples.of(page))
                    .as(page.getCommandSpec().qualifiedName())
                    .isNotEmpty());
  }

  @Test
  void mostOfThemAreRunToTheirEnd() {
    assertThat(HelpExamples.all().stream().filter(example -> !ExamplesMain.isCostly(example)))
        .hasSizeGreaterThan(HelpExamples.all().size() / 2);
    assertThat(folder.resolve("out/results/pruning_curve")).isDirectory();
    assertThat(folder.resolve("zoo/sunglasses.h5")).isRegularFile();
    assertThat(folder.resolve("wave.h5")).isRegularFile();
  }

  @Test
  void anArgumentIsWhatAShellTakesForOne() {
    assertThat(HelpExamples.arguments("backsweep sweep --network 'models/*.h5'  --x a=b"))
        .containsExactly("sweep", "--network", "models/*.h5", "--x", "a=b");
  }
}
