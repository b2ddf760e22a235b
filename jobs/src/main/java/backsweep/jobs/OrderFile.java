package backsweep.jobs;

import backsweep.pruning.Criterion;
import backsweep.pruning.GivenOrder;
import backsweep.store.MissingFileException;
import backsweep.store.SharedFiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An order of channels that a person gives: a column "channel" in a CSV file, in the order of its
 * rows. Where a column "score" is there and no column "rank", as in masks learned elsewhere,
 * channels go by increasing score, ties by channel.
 *
 * @param path of the file
 * @param channels in the order of the file's rows, each once
 * @param scores of the channels, if they go by score; else empty
 */
record OrderFile(String path, List<Integer> channels, List<Double> scores) {

  private static final String OPTION = "--order ";
  private static final String COLUMN = "channel";
  private static final String SCORE = "score";
  private static final String RANK = "rank";

  /** Copies the list. */
  OrderFile {
    channels = List.copyOf(channels);
    scores = List.copyOf(scores);
  }

  /**
   * Reads a file.
   *
   * @throws UsageException if it is no such order
   */
  static OrderFile read(String path, SharedFiles files) {
    try {
      return parse(path, files.read(path));
    } catch (MissingFileException e) {
      throw new UsageException(OPTION + e.getMessage());
    }
  }

  /** The order in a CSV text. */
  static OrderFile parse(String path, String text) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    List<String> columns = lines.isEmpty() ? List.of() : cells(lines.get(0));
    int column = columns.indexOf(COLUMN);
    if (column < 0) {
      String found = lines.isEmpty() ? "nothing" : String.join(", ", columns);
      throw problem(path, "a column \"" + COLUMN + "\" in the first line", found);
    }
    int score = columns.contains(RANK) ? -1 : columns.indexOf(SCORE);
    List<Integer> channels = new ArrayList<>();
    List<Double> scores = new ArrayList<>();
    Map<Integer, Integer> rows = new HashMap<>();
    for (int row = 1; row < lines.size(); row++) {
      List<String> cells = cells(lines.get(row));
      int channel = channel(cells, column, place(path, row));
      if (score >= 0) {
        scores.add(score(cells, score, place(path, row)));
      }
      Integer earlier = rows.putIfAbsent(channel, row);
      if (earlier != null) {
        throw problem(
            place(path, row), "every channel once", channel + ", which row " + earlier + " has");
      }
      channels.add(channel);
    }
    if (channels.isEmpty()) {
      throw problem(path, "at least one channel", "none");
    }
    return score >= 0 ? sorted(path, channels, scores) : new OrderFile(path, channels, scores);
  }

  private static OrderFile sorted(String path, List<Integer> channels, List<Double> scores) {
    List<Integer> rows =
        IntStream.range(0, channels.size())
            .boxed()
            .sorted(
                Comparator.<Integer>comparingDouble(row -> scores.get(row) + 0.0)
                    .thenComparingInt(channels::get))
            .toList();
    return new OrderFile(
        path, rows.stream().map(channels::get).toList(), rows.stream().map(scores::get).toList());
  }

  private static double score(List<String> cells, int column, String where) {
    String cell = column < cells.size() ? cells.get(column) : "";
    try {
      double score = Double.parseDouble(cell);
      if (Double.isFinite(score)) {
        return score;
      }
    } catch (NumberFormatException e) {
      // Reported below, as a number that is not finite is.
    }
    throw problem(where, "a finite score", "\"" + cell + "\"");
  }

  private static List<String> cells(String line) {
    return Stream.of(line.split(",", -1))
        .map(cell -> cell.strip().replaceAll("^\\ufeff?\"?|\"$", ""))
        .toList();
  }

  private static int channel(List<String> cells, int column, String where) {
    String cell = column < cells.size() ? cells.get(column) : "";
    try {
      return Integer.parseInt(cell);
    } catch (NumberFormatException e) {
      throw problem(where, "a channel's number", "\"" + cell + "\"");
    }
  }

  /** Prunes in this order. */
  Criterion criterion() {
    return new GivenOrder(channels, scores, OPTION + path);
  }

  private static String place(String path, int row) {
    return path + ", row " + row;
  }

  private static UsageException problem(String where, String expected, String found) {
    return new UsageException(
        "%s%s: expected %s, found %s".formatted(OPTION, where, expected, found));
  }
}
