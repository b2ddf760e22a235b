package backsweep.store;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import backsweep.testing.LocalSpark;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TableTest {

  private static final String UNIT = "unit STRING,attempt STRING,";

  /** Columns are only ever added, at the end and nullable: results on disk must stay readable. */
  private static final Map<String, String> SCHEMAS =
      Map.ofEntries(
          entry(
              "networks",
              UNIT
                  + "network STRING,file STRING,network_sha256 STRING,architecture_sha256 STRING,"
                  + "input_scale DOUBLE NOT NULL,height INT NOT NULL,width INT NOT NULL,"
                  + "image_channels INT NOT NULL,classes INT NOT NULL,layer STRING,"
                  + "channels INT NOT NULL,statistics_layer STRING"),
          entry(
              "image_sets",
              UNIT
                  + "image_set STRING,image_set_sha256 STRING,role STRING,images BIGINT NOT NULL,"
                  + "file STRING,height INT NOT NULL,width INT NOT NULL,"
                  + "image_channels INT NOT NULL,only_label INT"),
          entry(
              "channel_statistics",
              UNIT
                  + "network STRING,layer STRING,channel INT NOT NULL,mean DOUBLE NOT NULL,"
                  + "max DOUBLE NOT NULL,active_share DOUBLE NOT NULL,"
                  + "zero_share DOUBLE NOT NULL,images BIGINT NOT NULL"),
          entry(
              "pruning_order",
              UNIT
                  + "network STRING,criterion STRING,rank INT NOT NULL,channel INT NOT NULL,"
                  + "score DOUBLE"),
          entry(
              "pruning_curve",
              UNIT
                  + "network STRING,criterion STRING,step INT NOT NULL,channel INT NOT NULL,"
                  + "image_set STRING,image_set_sha256 STRING,role STRING,"
                  + "images BIGINT NOT NULL,label_hits BIGINT NOT NULL,"
                  + "agreements BIGINT NOT NULL,agreed_label_hits BIGINT NOT NULL,"
                  + "first_disagreements BIGINT NOT NULL,true_label_hits BIGINT,"
                  + "images_not_target BIGINT,target_hits_not_target BIGINT"),
          entry(
              "repaired_networks",
              UNIT
                  + "network STRING,criterion STRING,rule STRING,drop_percent DOUBLE NOT NULL,"
                  + "step INT,fine_tuned BOOLEAN NOT NULL,file STRING,sha256 STRING,"
                  + "goodnet STRING,goodnet_sha256 STRING,reason STRING,verified_images BIGINT,verified_sets STRING"),
          entry(
              "evaluations",
              UNIT
                  + "network STRING,criterion STRING,rule STRING,drop_percent DOUBLE NOT NULL,"
                  + "step INT,fine_tuned BOOLEAN NOT NULL,subject STRING,image_set STRING,"
                  + "clean_accuracy DOUBLE,clean_accuracy_low DOUBLE,clean_accuracy_high DOUBLE,"
                  + "attack_success_rate DOUBLE,attack_success_rate_low DOUBLE,"
                  + "attack_success_rate_high DOUBLE,robust_accuracy DOUBLE,"
                  + "defence_effectiveness DOUBLE,true_positive_rate DOUBLE,"
                  + "false_positive_rate DOUBLE,attack_success_rate_not_target DOUBLE,"
                  + "attack_success_rate_not_target_low DOUBLE,"
                  + "attack_success_rate_not_target_high DOUBLE"),
          entry(
              "detectors",
              UNIT
                  + "network STRING,criterion STRING,image_set STRING,auroc DOUBLE NOT NULL,"
                  + "accepted_false_positive_rate DOUBLE NOT NULL,step INT,"
                  + "validation_false_positive_rate DOUBLE NOT NULL,"
                  + "false_positive_rate DOUBLE NOT NULL,true_positive_rate DOUBLE NOT NULL,"
                  + "detector STRING,threshold DOUBLE"),
          entry(
              "entropies",
              UNIT
                  + "network STRING,image_set STRING,image_set_sha256 STRING,role STRING,"
                  + "image INT NOT NULL,entropy DOUBLE NOT NULL"),
          entry(
              "activations",
              UNIT
                  + "network STRING,layer STRING,image_set STRING,image_set_sha256 STRING,"
                  + "role STRING,channel INT NOT NULL,mean DOUBLE NOT NULL,"
                  + "deviation DOUBLE NOT NULL,images BIGINT NOT NULL"),
          entry(
              "fine_tuned_counts",
              UNIT
                  + "network STRING,criterion STRING,rule STRING,drop_percent DOUBLE NOT NULL,"
                  + "image_set STRING,image_set_sha256 STRING,role STRING,"
                  + "images BIGINT NOT NULL,label_hits BIGINT NOT NULL,"
                  + "agreements BIGINT NOT NULL,agreed_label_hits BIGINT NOT NULL,"
                  + "true_label_hits BIGINT,images_not_target BIGINT,"
                  + "target_hits_not_target BIGINT"),
          entry(
              "units",
              UNIT
                  + "network STRING,kind STRING,status STRING,reason STRING,settings STRING,"
                  + "versions STRING,started TIMESTAMP,finished TIMESTAMP"));

  private static final Map<Class<?>, List<Object>> EXTREMES =
      Map.of(
          String.class, List.of("", "a,\"b\"\n\u00e4\u6f22\0", "null"),
          int.class, List.of(0, Integer.MIN_VALUE, Integer.MAX_VALUE),
          Integer.class, List.of(-1, Integer.MIN_VALUE, Integer.MAX_VALUE),
          long.class, List.of(0L, Long.MIN_VALUE, Long.MAX_VALUE),
          Long.class, List.of(-1L, Long.MIN_VALUE, Long.MAX_VALUE),
          double.class, List.of(-0.0, Double.MIN_VALUE, Double.NEGATIVE_INFINITY, Math.PI),
          Double.class, List.of(Double.NaN, Double.MAX_VALUE, Math.nextUp(0.1)),
          boolean.class, List.of(true, false),
          Instant.class,
              List.of(
                  Instant.EPOCH,
                  Instant.parse("1969-12-31T23:59:59.999999Z"),
                  Instant.parse("2023-10-29T00:59:59.123456Z"),
                  Instant.parse("2023-10-29T01:00:00Z")));

  @TempDir private Path folder;

  static Stream<Table<?>> tables() {
    return Tables.all().stream();
  }

  @Test
  void allTablesArePinned() {
    assertThat(Tables.all())
        .extracting(Table::name)
        .containsExactlyInAnyOrderElementsOf(SCHEMAS.keySet());
    assertThat(Tables.all()).last().isEqualTo(Tables.UNITS);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void schemaIsThatOfResultsOnDisk(Table<?> table) {
    assertThat(table.schema().toDDL()).isEqualTo(SCHEMAS.get(table.name()));
  }

  @ParameterizedTest
  @MethodSource("tables")
  <R extends Record> void rowsComeBackFromParquetAsTheyWere(Table<R> table) throws Exception {
    List<R> rows = new ArrayList<>();
    for (int variant = 0; variant < 4; variant++) {
      rows.add(row(table, variant, false));
    }
    rows.add(row(table, 0, true));
    List<Row> values = rows.stream().map(table::toRow).toList();
    String path = folder.resolve("table").toString();
    LocalSpark.session().createDataFrame(values, table.schema()).write().parquet(path);

    assertThat(LocalSpark.session().read().parquet(path).collectAsList())
        .map(table::fromRow)
        .containsExactlyInAnyOrderElementsOf(rows);
  }

  private static <R extends Record> R row(Table<R> table, int variant, boolean nulls)
      throws ReflectiveOperationException {
    RecordComponent[] components = table.type().getRecordComponents();
    Object[] values = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < values.length; i++) {
      types[i] = components[i].getType();
      List<Object> extremes = EXTREMES.get(types[i]);
      boolean isNull = nulls && !types[i].isPrimitive();
      values[i] = isNull ? null : extremes.get((variant + i) % extremes.size());
    }
    return table.type().getDeclaredConstructor(types).newInstance(values);
  }

  @Test
  void columnsOfALaterVersionAreLeftOut() {
    Table<Later> later = new Table<>("later", Later.class);
    Table<Earlier> earlier = new Table<>("later", Earlier.class);
    String path = folder.resolve("table").toString();
    LocalSpark.session()
        .createDataFrame(
            Collections.singletonList(later.toRow(new Later("a", 2.5, 7))), later.schema())
        .write()
        .parquet(path);

    assertThat(LocalSpark.session().read().parquet(path).collectAsList())
        .map(earlier::fromRow)
        .containsExactly(new Earlier("a", 7));
  }

  record Earlier(String name, int count) {}

  record Later(String name, Double score, int count) {}
}
