package backsweep.modelfiles;

import backsweep.keras.Json;
import backsweep.network.Graph;
import backsweep.network.Variable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A Keras 3 {@code .keras} file: a zip of {@code config.json}, {@code model.weights.h5} and others.
 *
 * @param path the file
 * @param config the architecture as JSON
 */
record ZipModelFile(Path path, String config) implements ModelFile {

  private static final String WEIGHTS = "model.weights.h5";

  private static final String CONFIG = "config.json";
  private static final byte[] SIGNATURE = {'P', 'K', 3, 4};

  /** Whether these bytes begin as a zip does. */
  static boolean isZip(ByteBuffer bytes) {
    return bytes.capacity() >= SIGNATURE.length
        && bytes.slice(0, SIGNATURE.length).equals(ByteBuffer.wrap(SIGNATURE));
  }

  /** Opens a zip that was recognised. */
  static ZipModelFile open(Path path) {
    byte[] config = ZipContent.read(path, CONFIG, Json.MAXIMUM_LENGTH);
    return new ZipModelFile(path, new String(config, StandardCharsets.UTF_8));
  }

  @Override
  public Optional<String> architecture() {
    return Optional.of(config);
  }

  @Override
  public HdfGroup weights(Graph graph) {
    return HdfGroup.open(ByteBuffer.wrap(weightsBytes(graph)), path + ", " + WEIGHTS);
  }

  @Override
  public void copy(Path target, Graph graph, List<ValueChange> changes) throws IOException {
    byte[] weights = weightsBytes(graph);
    for (ValueChange change : changes) {
      Extent extent = change.extent();
      change.apply(
          ByteBuffer.wrap(weights)
              .slice(Math.toIntExact(extent.offset()), Math.toIntExact(extent.length())));
    }
    ZipContent.copy(path, target, WEIGHTS, weights);
  }

  private byte[] weightsBytes(Graph graph) {
    return ZipContent.read(path, WEIGHTS, maximumBytes(graph));
  }

  /**
   * More than the weights of a graph can take: values of eight bytes, four times for an optimizer's
   * own, and room for the structure of each layer.
   */
  private static int maximumBytes(Graph graph) {
    long values =
        graph.variables().values().stream()
            .flatMap(variables -> variables.stream().map(Variable::shape))
            .mapToLong(shape -> shape.size())
            .sum();
    long bytes = 4L * Double.BYTES * values + (64L << 10) * (graph.size() + 16);
    return (int) Math.min(bytes, Integer.MAX_VALUE - 16);
  }
}
