package backsweep.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicTextTest {

  private final String home = System.getProperty("user.home");

  @BeforeEach
  void beAlice() {
    System.setProperty("user.home", "/home/alice");
  }

  @AfterEach
  void beOneself() {
    System.setProperty("user.home", home);
  }

  private static String published(String text) {
    return new PublicText(new Configuration(false)).of(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /home/alice/n.h5: expected x     | ~/n.h5: expected x
          file:/home/alice/n.h5            | ~/n.h5
          file:///home/alice/n.h5          | ~/n.h5
          found {"a":"/home/alice"}        | found {"a":"~"}
          /home/alice/a,/home/alice/b      | ~/a,~/b
          /home/alice2/n.h5                | /home/alice2/n.h5
          /home/alice.old/n.h5             | /home/alice.old/n.h5
          /mnt/home/alice/n.h5             | /mnt/home/alice/n.h5
          /data/n.h5                       | /data/n.h5
          """)
  void theHomeIsATilde(String text, String expected) {
    assertThat(published(text)).isEqualTo(expected);
  }

  @Test
  void soIsTheFolderThatTheHomeIsALinkTo(@TempDir Path folder) throws IOException {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    System.setProperty("user.home", link.toString());

    assertThat(published(link + "/a " + real.toRealPath() + "/b")).isEqualTo("~/a ~/b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "?", "", "home"})
  void whatIsNoHomeOfAnybodyStays(String nobodys) {
    System.setProperty("user.home", nobodys);

    assertThat(published("/home/a?b")).isEqualTo("/home/a?b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          s3a://key:secret@bucket/n.h5             | s3a://bucket/n.h5
          "s3a://key:sec/ret@bucket/n.h5"          | "s3a://bucket/n.h5"
          at sftp://alice@host/n.h5: no such file  | at sftp://host/n.h5: no such file
          abfs://container@host/n.h5               | abfs://container@host/n.h5
          abfss://container:key@host/n.h5          | abfss://host/n.h5
          https://host/n.h5?sig=abc%3D&se=2 found  | https://host/n.h5 found
          https://host/n.h5?sig=abc: not found     | https://host/n.h5: not found
          {a=https://host/n.h5?sig=abc, b=n.h5}    | {a=https://host/n.h5, b=n.h5}
          {a=https://host/n.h5?sig=abc}            | {a=https://host/n.h5}
          hdfs://host:8020/a@b.h5                  | hdfs://host:8020/a@b.h5
          hdfs://host/?.h5                         | hdfs://host/?.h5
          a@b?c=d                                  | a@b?c=d
          """)
  void urisLoseUsersAndQueries(String text, String expected) {
    assertThat(published(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fs.s3a.secret.key",
        "fs.s3a.bucket.b.access.key",
        "fs.s3a.session.token",
        "fs.azure.account.key.b.dfs.core.windows.net",
        "spark.authenticate.secret",
        "spark.ssl.keyPassword"
      })
  void secretsAreStars(String name) {
    Configuration configuration = new Configuration(false);
    configuration.set(name, "hunter2secret");

    assertThat(new PublicText(configuration).of("rejected: \"hunter2secret\"."))
        .isEqualTo("rejected: \"***\".");
  }

  /** Hadoop's own settings have no values that hide words. */
  @Test
  void otherSettingsAreNoSecrets() {
    Configuration configuration = new Configuration();
    configuration.set("fs.s3a.aws.credentials.provider", "org.example.Provider");
    String text = "true false 86400000 simple org.example.Provider hadoop AES/CTR/NoPadding";

    assertThat(new PublicText(configuration).of(text)).isEqualTo(text);
  }
}
