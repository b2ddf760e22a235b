package backsweep.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What Spark writes down about a run while it goes on. Jobs are written at once, tasks with the
 * next job or stage.
 *
 * @param folder where one application writes its log
 */
record EventLog(Path folder) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A log in a new folder. */
  static EventLog in(Path folder) {
    try {
      return new EventLog(Files.createDirectories(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The options for {@code spark-submit} that write it. */
  String options() {
    return " --conf spark.eventLog.enabled=true --conf spark.eventLog.dir=" + folder.toUri() + " ";
  }

  /** Events of one kind so far. */
  Stream<JsonNode> events(String kind) {
    return text().lines().map(EventLog::parse).filter(e -> e.path("Event").asText().equals(kind));
  }

  /** All lines that are whole. */
  private String text() {
    try (Stream<Path> files = Files.list(folder)) {
      String text = files.findFirst().map(TextFile::read).orElse("");
      return text.substring(0, text.lastIndexOf('\n') + 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("expected an event, found " + line, e);
    }
  }

  /** The application's id, as soon as it is known. */
  Optional<String> application() {
    return events("SparkListenerApplicationStart").map(e -> e.path("App ID").asText()).findFirst();
  }

  /** The job whose description has this in it, as soon as it has started. */
  Optional<JsonNode> job(String description) {
    return jobs(description).findFirst();
  }

  /** The jobs so far whose descriptions have this in them. */
  Stream<JsonNode> jobs(String description) {
    return events("SparkListenerJobStart")
        .filter(e -> describes(e.path("Properties"), description));
  }

  private static boolean describes(JsonNode properties, String description) {
    return properties.path("spark.job.description").asText().contains(description);
  }

  /** Whether a job has ended. */
  boolean hasEnded(JsonNode job) {
    return events("SparkListenerJobEnd")
        .anyMatch(e -> e.path("Job ID").asInt() == job.path("Job ID").asInt());
  }

  /** Events of one kind about tasks of a job. */
  List<JsonNode> tasks(String kind, JsonNode job) {
    List<Integer> stages = stages(job);
    return events(kind).filter(e -> stages.contains(e.path("Stage ID").asInt())).toList();
  }

  /** The stages of a job, by their numbers. */
  static List<Integer> stages(JsonNode job) {
    return StreamSupport.stream(job.path("Stage IDs").spliterator(), false)
        .map(JsonNode::asInt)
        .toList();
  }
}
