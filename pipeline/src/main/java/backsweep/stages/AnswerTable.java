package backsweep.stages;

import backsweep.inference.DetectorAnswers;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The answers of a detector as rows, one an image. What an image that could not be read has no
 * answer to is null.
 *
 * @param hasAllScores whether the scores of all classes are there, beside that of the class
 *     answered
 */
record AnswerTable(boolean hasAllScores) implements Serializable {

  static final String INDEX = "index";
  static final String IMAGE = "image";
  static final String STATUS = "status";
  static final String REASON = "reason";
  static final String BACKDOORED = "backdoored";
  static final String CLASS = "class";
  static final String ORIGINAL_CLASS = "original_class";
  static final String ORIGINAL_PROBABILITY = "original_probability";
  static final String REPAIRED_CLASS = "repaired_class";
  static final String REPAIRED_PROBABILITY = "repaired_probability";
  static final String ORIGINAL_PROBABILITIES = "original_probabilities";
  static final String REPAIRED_PROBABILITIES = "repaired_probabilities";

  static final String CLASSIFIED = "classified";
  static final String UNREADABLE = "unreadable";

  private static final int COLUMNS = 10;
  private static final int COLUMNS_WITH_ALL_SCORES = COLUMNS + 2;

  /** The columns. */
  StructType schema() {
    List<StructField> fields =
        new ArrayList<>(
            List.of(
                field(INDEX, DataTypes.IntegerType, false),
                field(IMAGE, DataTypes.StringType, false),
                field(STATUS, DataTypes.StringType, false),
                field(CLASS, DataTypes.IntegerType, true),
                field(BACKDOORED, DataTypes.BooleanType, true),
                field(ORIGINAL_CLASS, DataTypes.IntegerType, true),
                field(ORIGINAL_PROBABILITY, DataTypes.FloatType, true),
                field(REPAIRED_CLASS, DataTypes.IntegerType, true),
                field(REPAIRED_PROBABILITY, DataTypes.FloatType, true),
                field(REASON, DataTypes.StringType, true)));
    if (hasAllScores) {
      DataType scores = DataTypes.createArrayType(DataTypes.FloatType, false);
      fields.add(field(ORIGINAL_PROBABILITIES, scores, true));
      fields.add(field(REPAIRED_PROBABILITIES, scores, true));
    }
    return new StructType(fields.toArray(StructField[]::new));
  }

  private static StructField field(String name, DataType type, boolean isNullable) {
    return DataTypes.createStructField(name, type, isNullable);
  }

  /** The row of an image that could not be read. */
  Row unreadable(int index, String image, String reason) {
    return row(index, image, UNREADABLE, null, null, null, null, null, null, reason, null, null);
  }

  /**
   * The row of an image.
   *
   * @param place of the image among the answers
   */
  Row classified(int index, String image, DetectorAnswers answers, int place) {
    float[] original = answers.originalScores(place);
    float[] repaired = answers.repairedScores(place);
    return row(
        index,
        image,
        CLASSIFIED,
        answers.detector()[place],
        answers.isBackdoored(place),
        answers.original()[place],
        original[answers.original()[place]],
        answers.repaired()[place],
        repaired[answers.repaired()[place]],
        null,
        hasAllScores ? boxed(original) : null,
        hasAllScores ? boxed(repaired) : null);
  }

  /** The values in the order of the columns, those of all classes last. */
  private Row row(Object... values) {
    int columns = hasAllScores ? COLUMNS_WITH_ALL_SCORES : COLUMNS;
    return RowFactory.create(Arrays.copyOf(values, columns));
  }

  /** As Spark takes an array of a row. */
  private static Float[] boxed(float[] scores) {
    Float[] boxed = new Float[scores.length];
    Arrays.setAll(boxed, i -> scores[i]);
    return boxed;
  }
}
