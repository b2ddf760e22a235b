package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.images.Hdf5Images;
import backsweep.testing.Golden;
import backsweep.testing.LocalSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Detectors that a defence wrote answer image by image what Keras' own procedure counted. */
class ClassifyGoldenTest {

  private static final Golden GOLDEN = Golden.BN_AFTER;

  @TempDir private Path folder;

  @Test
  void answersAddUpToTheCountsOfKeras() {
    DefendNetwork defend = GOLDEN.defend(folder.resolve("out"), 2);
    List<Repair> repairs =
        defend.execute(defend.plan(), Run.begin(Map.of())).done().get(0).repairs();
    List<Map<String, String>> counts = GOLDEN.table("goodnet.csv");
    assertThat(repairs).hasSameSizeAs(counts);
    for (int i = 0; i < repairs.size(); i++) {
      String goodNet = folder.resolve("out") + "/" + repairs.get(i).goodNet().orElseThrow().path();
      check(goodNet, "test", counts.get(i), "goodnet_test_correct", "test_flagged");
      check(goodNet, "poisoned", counts.get(i), "goodnet_poisoned_target", "poisoned_flagged");
    }
  }

  private void check(
      String goodNet, String set, Map<String, String> counts, String hits, String flagged) {
    Path output = folder.resolve(set + "-" + counts.get("drop_percent"));
    ClassifyRequest request =
        new ClassifyRequest(
            goodNet,
            GOLDEN.images(set).toString(),
            Optional.empty(),
            false,
            Optional.of(output.toString()),
            new ClassifyRequest.Work(3, false));
    ClassifyImages classify = new ClassifyImages(LocalSpark.session(), request);

    Classified classified = classify.execute(classify.plan(), Run.begin(Map.of()), "{}");

    assertThat(classified.backdoored()).as(flagged).isEqualTo(Long.parseLong(counts.get(flagged)));
    List<Row> rows =
        LocalSpark.session()
            .read()
            .parquet(output.resolve("answers").toString())
            .orderBy("index")
            .collectAsList();
    int[] labels = labels(set);
    int right = 0;
    for (int image = 0; image < labels.length; image++) {
      right += rows.get(image).<Integer>getAs("class") == labels[image] ? 1 : 0;
    }
    assertThat(right).as(hits).isEqualTo(Integer.parseInt(counts.get(hits)));
  }

  private static int[] labels(String set) {
    try (Hdf5Images images = Hdf5Images.open(GOLDEN.images(set))) {
      return images.labels();
    }
  }
}
