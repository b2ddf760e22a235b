package backsweep.jobs;

import backsweep.inference.EngineVersion;
import backsweep.stages.ProbeExecutors;
import backsweep.store.SharedFiles;
import backsweep.tensorflow.NativeTensorFlow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code doctor}: says what is here, and what is wrong with it. */
@Command(
    name = "doctor",
    description =
        "Says what Backsweep runs on, from Java to the executors: versions, processor, memory,"
            + " places to write to, TensorFlow, Spark. What is wrong is marked by ! and followed by"
            + " what to do.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  This machine:",
      "    backsweep doctor",
      "  Whether results can be written to another place, and when nobody answers:",
      "    backsweep doctor --output results/today --patience 30",
      "",
      "Exit codes:",
      "  0 nothing is wrong",
      "  2 wrong usage",
      "  4 something is wrong, marked by !"
    })
final class DoctorCommand implements Callable<Integer> {

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "out",
      description =
          "Where results are to go (default ${DEFAULT-VALUE}): whether a file can be written there;"
              + " nothing is left behind.")
  private String output;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description =
          "How long Spark may take to start, and its executors to answer then (default"
              + " ${DEFAULT-VALUE}).")
  private int patience;

  private final List<Finding> findings = new ArrayList<>();

  @Override
  public Integer call() {
    lookAtMachine(new Examination(Machine.here()));
    lookAtSpark();
    long wrong = Examination.wrong(findings);
    System.out.println();
    System.out.println(
        wrong == 0
            ? "Nothing is wrong."
            : "Wrong: %d of %d, marked by !".formatted(wrong, findings.size()));
    return (wrong == 0 ? ExitCode.DONE : ExitCode.FAILED).number();
  }

  private void lookAtMachine(Examination machine) {
    SharedFiles files = HadoopSettings.files();
    tell(machine.backsweep());
    tell(machine.java(Runtime.version()));
    tell(machine.processor());
    tell(machine.memory());
    tell(machine.scratch(files, Path.of(System.getProperty("java.io.tmpdir"))));
    tell(machine.output(files, output));
    tell(machine.tensorflow(DoctorCommand::tensorflow));
  }

  private static String tensorflow() {
    return "%s, loaded from %s, with DJL %s"
        .formatted(NativeTensorFlow.version(), NativeTensorFlow.folder(), EngineVersion.djl());
  }

  private void lookAtSpark() {
    String master = new SparkConf().get("spark.master", "not set");
    SparkExamination spark = new SparkExamination(master);
    tell(
        spark.library(
            org.apache.spark.package$.MODULE$.SPARK_VERSION(),
            scala.util.Properties.versionNumberString()));
    tell(spark.executors(() -> ask(new SparkStart(master, Duration.ofSeconds(patience)))));
  }

  private static List<ProbeExecutors.Answer> ask(SparkStart start) throws Exception {
    try (SparkSession spark =
        start.of(() -> SparkSession.builder().appName("Backsweep doctor").getOrCreate())) {
      return new ProbeExecutors(spark, start.limit()).execute();
    }
  }

  /** At once: where the next look ends the process, this is what is known. */
  private void tell(Finding finding) {
    findings.add(finding);
    System.out.println(finding.text());
  }
}
