package backsweep.jobs;

import backsweep.report.Findings;
import backsweep.report.Galleries;
import backsweep.report.ReadFindings;
import backsweep.report.ReadSlips;
import backsweep.report.WriteReport;
import backsweep.store.JobDescription;
import backsweep.store.PublicText;
import backsweep.store.ResultStore;
import backsweep.store.SharedFiles;
import backsweep.store.StorageException;
import java.io.PrintStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page about an output.
 *
 * @param spark which reads its tables
 * @param output where they are
 */
record OutputReport(SparkSession spark, String output) {

  private static final Logger LOG = LoggerFactory.getLogger(OutputReport.class);

  /** What the output knows. */
  Findings read() {
    ReadSlips slips = new ReadSlips(files(), output);
    return JobDescription.during(
        spark, "report", () -> ReadFindings.of(new ResultStore(spark, output), slips.byNetwork()));
  }

  private SharedFiles files() {
    return new SharedFiles(spark.sessionState().newHadoopConf());
  }

  /**
   * Images for the page.
   *
   * @param images how many of each set
   */
  Galleries galleries(Findings findings, int images) {
    return JobDescription.during(
        spark, "report", () -> new OutputGalleries(spark, output, images).of(findings));
  }

  /** Writes pages and pictures into it. */
  WriteReport writer() {
    Configuration configuration = spark.sessionState().newHadoopConf();
    return new WriteReport(files(), new PublicText(configuration), output);
  }

  /**
   * Writes the page after a run, whose results are there even if the page cannot be made.
   *
   * @param images how many of each set are in it
   * @throws StorageException if there is no room for it, or the storage fails
   */
  void writeAfter(int images, PrintStream out) {
    try {
      Findings findings = read();
      Galleries galleries = galleries(findings, images);
      out.println("Report    " + writer().page(findings, galleries, WriteReport.PAGE));
    } catch (StorageException e) {
      throw e; // with more room, the same command comes to its end
    } catch (RuntimeException e) {
      LOG.warn("No report", e);
      out.printf("Report    none: %s; bin/backsweep report --output %s tries again%n", e, output);
    }
  }
}
