package backsweep.inference;

import ai.djl.engine.Engine;

/** The version of DJL, by which TensorFlow's models are run. */
public final class EngineVersion {

  private EngineVersion() {}

  /** The version, such as {@code 0.36.0}. */
  public static String djl() {
    return Engine.getDjlVersion();
  }
}
