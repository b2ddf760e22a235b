package backsweep.stages;

import backsweep.network.Network;
import backsweep.stages.DefenceRequest.NetworkFile;
import backsweep.tensorflow.NetworkModels;
import java.util.Optional;

/**
 * The network under suspicion with the identity of its files.
 *
 * @param name {@code <file stem>-<first 8 hex digits of its sha256>}, as in every table
 * @param file where it was read from, and what its pixels are divided by
 * @param sha256 of that file
 * @param architectureSha256 of the architecture's file, where one was given
 * @param network the network
 */
public record SubjectNetwork(
    String name,
    NetworkFile file,
    String sha256,
    Optional<String> architectureSha256,
    Network network) {

  private static final int HASH_DIGITS = 8;

  /**
   * The name of a network.
   *
   * @param path of its file
   * @param sha256 of that file; without one the name is the stem alone
   */
  static String name(String path, Optional<String> sha256) {
    String file = path.substring(path.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    String stem = dot > 0 ? file.substring(0, dot) : file;
    return stem + sha256.map(hash -> "-" + hash.substring(0, HASH_DIGITS)).orElse("");
  }

  /** The models that pruning runs of it. */
  NetworkModels models() {
    return new NetworkModels(network, file.inputScale());
  }
}
