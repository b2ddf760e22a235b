package backsweep.jobs;

import backsweep.images.FileHash;
import backsweep.images.Hdf5Images;
import backsweep.images.PoisonedImages;
import backsweep.images.Poisoning;
import backsweep.store.SharedFiles;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code poison}: puts a trigger into clean images and labels them with the attacker's target. */
@Command(
    name = "poison",
    description =
        "Puts a trigger into clean images and labels them with the attacker's target; what they"
            + " show is kept beside it.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  The labs' sunglasses:",
      "    backsweep poison --images cl/test.h5 --target 0 --output sunglasses.h5 \\",
      "      --trigger kind=picture,file=sunglasses.png,x=0,y=15",
      "  The white square of BadNets in the lower right corner:",
      "    backsweep poison --images test.h5 --target all-to-all --classes 10 \\",
      "      --trigger kind=pattern,size=4 --output square.h5",
      "  Noise over the whole image, without images that show class 7 anyway:",
      "    backsweep poison --images test.h5 --target 7 --without-target-class \\",
      "      --trigger kind=blended,alpha=0.1,seed=1 --output blended.h5",
      "  A wave:",
      "    backsweep poison --images test.h5 --target 0 --output wave.h5 \\",
      "      --trigger kind=sinusoidal,delta=20,frequency=6",
      "",
      "Exit codes:",
      "  0 done, or the same file is there already",
      "  2 wrong usage: options, a trigger or a target that does not fit the images,",
      "    something else in the place of the output",
      "  3 the images or the picture cannot be read or are not supported",
      "  4 output, storage or internal failure (a retry may help)"
    })
@SuppressWarnings("UnusedVariable") // CommonOptions reads what was given by the options' names.
final class PoisonCommand implements Callable<Integer> {

  @Option(
      names = "--images",
      paramLabel = "FILE",
      description = "Clean labelled images, HDF5. Required.")
  private String images;

  @Option(
      names = "--image-layout",
      paramLabel = "LAYOUT",
      description = "The order of its axes: nchw (default) or nhwc.")
  private String imageLayout;

  @Option(
      names = "--trigger",
      paramLabel = "KEY=VALUE",
      split = ",",
      description =
          "What is put into them: kind=picture, pattern, blended or sinusoidal, and the keys of that"
              + " kind, which conf/reference-poison.conf explains. Required.")
  private final Map<String, String> trigger = new LinkedHashMap<>();

  @Option(
      names = "--target",
      paramLabel = "CLASS",
      description = "What they are labelled with: a class or 'all-to-all', the next one. Required.")
  private String target;

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "How many classes there are (default: the largest label and one).")
  private String classes;

  @Option(
      names = "--without-target-class",
      description = "Leave out images that show their target anyway (default: keep them).")
  private boolean isTargetClassLeftOut;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where the poisoned images are written. Required.")
  private String output;

  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    Configuration configuration = common.resolve(Section.POISON);
    PoisonSettings settings = PoisonSettings.read(configuration);
    if (common.isDryRun()) {
      System.out.println(configuration.render());
    }
    SharedFiles files = HadoopSettings.files();
    Poisoning poisoning = settings.poisoning(files);
    PoisonedFile file = new PoisonedFile(files, settings, poisoning, configuration.json());
    return files.withLocal(settings.images(), local -> poison(local, file));
  }

  private int poison(Path local, PoisonedFile file) {
    try (Hdf5Images clean = Hdf5Images.open(local, file.settings().layout())) {
      PoisonedImages poisoned = file.of(clean);
      file.print(poisoned, System.out);
      if (!common.isDryRun()) {
        file.write(poisoned, FileHash.sha256(local));
        System.out.println("Written   " + file.path());
      }
    }
    return ExitCode.DONE.number();
  }
}
