package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark's History Server shows of a run, which it reads from the event log. */
class EventLogTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String NETWORK = "bn_after-[0-9a-f]{8}: ";

  @TempDir private Path folder;
  private Path events;

  @BeforeEach
  void logEvents() throws IOException {
    events = Files.createDirectory(folder.resolve("events"));
    System.setProperty("spark.eventLog.enabled", "true");
    System.setProperty("spark.eventLog.dir", events.toUri().toString());
  }

  @AfterEach
  void logNothing() {
    System.clearProperty("spark.eventLog.enabled");
    System.clearProperty("spark.eventLog.dir");
  }

  @Test
  void everyJobOfARunSaysWhatItDoes() throws IOException {
    DefendCall call = DefendCall.into(folder.resolve("out")).reporting("bn_after");
    assertThat(call.run().code()).isZero();

    List<JsonNode> log = read();
    assertThat(log.stream().filter(EventLogTest::isJob).map(EventLogTest::description).toList())
        .hasSizeGreaterThan(10)
        .allSatisfy(description -> assertThat(description).matches("(" + NETWORK + "|report: ).+"))
        .anyMatch(description -> description.matches(NETWORK + "import trigger, 100 images"))
        .anyMatch(description -> description.matches(NETWORK + "pruning curves, 13 steps .*"))
        .anyMatch(description -> description.matches(NETWORK + "what triggers drive, 356 images"));
    assertThat(counted(log)).contains("300", "600");
  }

  /** The event log of the one run. */
  private List<JsonNode> read() throws IOException {
    try (Stream<Path> files = Files.list(events)) {
      return Files.readAllLines(files.findFirst().orElseThrow()).stream()
          .map(EventLogTest::parse)
          .toList();
    }
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isJob(JsonNode event) {
    return event.path("Event").asText().equals("SparkListenerJobStart");
  }

  private static String description(JsonNode job) {
    return job.path("Properties").path("spark.job.description").asText();
  }

  /** The images that stages counted, as a stage's page shows them. */
  private static List<String> counted(List<JsonNode> log) {
    return log.stream()
        .filter(event -> event.path("Event").asText().equals("SparkListenerStageCompleted"))
        .map(event -> event.path("Stage Info").path("Accumulables"))
        .flatMap(counts -> StreamSupport.stream(counts.spliterator(), false))
        .filter(count -> count.path("Name").asText().equals("images done"))
        .map(count -> count.path("Value").asText())
        .toList();
  }
}
