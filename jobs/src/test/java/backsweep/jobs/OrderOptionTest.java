package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderOptionTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                   | : expected a column "channel" in the first line, found nothing
          rank,mean~1,0.5      | : expected a column "channel" in the first line, found rank, mean
          channel              | : expected at least one channel, found none
          channel~3~x          | , row 2: expected a channel's number, found "x"
          channel~3~1.5        | , row 2: expected a channel's number, found "1.5"
          rank,channel~1,3~2   | , row 2: expected a channel's number, found ""
          channel~3~1~3        | , row 3: expected every channel once, found 3, which row 1 has
          channel~3~12         | , row 2: expected channels of last, 0 to 11, found 12
          channel~-1           | , row 1: expected channels of last, 0 to 11, found -1
          """)
  void badFilesEndTheRunAndSayWhere(String text, String problem) {
    Path file = Edited.text(text.replace('~', '\n'), folder.resolve("order.csv"));
    BadRun.assertFails(
        DefendCall.into(folder).with("--order", file),
        folder.resolve("out"),
        2,
        "--order " + file + problem);
  }

  @Test
  void aMissingFileEndsTheRun() {
    Path file = folder.resolve("order.csv");
    BadRun.assertFails(
        DefendCall.into(folder).with("--order", file),
        folder.resolve("out"),
        2,
        "--order " + file + ": expected a file, found no such file");
  }

  /** As of a mask that was learned elsewhere. */
  @Test
  void channelsGoByTheirScoresWhereThereAreSome() {
    OrderFile order = OrderFile.parse("mask.csv", "channel,score\n4,0.5\n7,0\n2,0.5\n3,-1e-3\n");
    assertThat(order.channels()).isEqualTo(List.of(3, 7, 2, 4));
    assertThat(order.scores()).isEqualTo(List.of(-1e-3, 0.0, 0.5, 0.5));
  }

  /** As in tables of Backsweep, whose scores may fall. */
  @Test
  void ranksAreKeptWhateverTheScores() {
    OrderFile order = OrderFile.parse("order.csv", "rank,channel,score\n1,7,0.5\n2,3,0.25\n");
    assertThat(order.channels()).isEqualTo(List.of(7, 3));
    assertThat(order.scores()).isEmpty();
  }

  @Test
  void theColumnMayStandAnywhereAndBeQuoted() {
    String text = "\ufeff\"rank\", \"channel\",\"mean\"\r\n1, \"7\",0.5\r\n\r\n2,3,0.25\r\n";
    assertThat(OrderFile.parse("order.csv", text).channels()).isEqualTo(List.of(7, 3));
  }
}
