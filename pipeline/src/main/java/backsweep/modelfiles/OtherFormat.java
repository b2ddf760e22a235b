package backsweep.modelfiles;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Formats of networks other than Keras' own, recognised to say by name what a file is and what to
 * do about it. None of them is read: they hold graphs of operations, or code, and no layers.
 */
enum OtherFormat {
  TFLITE("a TensorFlow Lite network") {
    @Override
    boolean begins(String bytes) {
      return bytes.startsWith("TFL3", 4);
    }
  },
  PYTORCH("a PyTorch network") {
    @Override
    boolean begins(String bytes) {
      return (bytes.startsWith("PK\3\4") && bytes.contains("/data.pkl"))
          || bytes.startsWith("\u0080\2\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.");
    }
  },
  PICKLE("a Python pickle, which is code") {
    @Override
    boolean begins(String bytes) {
      return bytes.matches("(?s)\u0080[\2-\5].*");
    }
  },
  SAVED_MODEL("a TensorFlow SavedModel, as model.export() writes it") {
    @Override
    boolean begins(String bytes) {
      return bytes.startsWith("\u0008\1\u0012");
    }
  },
  ONNX("an ONNX network") {
    @Override
    boolean begins(String bytes) {
      return bytes.matches("(?s)\u0008[\2-\u001f][\u0012\u001a\"*2:B].*");
    }
  },
  FROZEN_GRAPH("a TensorFlow graph") {
    @Override
    boolean begins(String bytes) {
      return bytes.matches("(?s)\n.{1,3}\n.{1,3}[\\w/.-]+\u0012.{1,2}[A-Z].*");
    }
  },
  SAFETENSORS("weights as safetensors") {
    @Override
    boolean begins(String bytes) {
      return bytes.matches("(?s).{3}\0{5}\\{\".*");
    }
  },
  NUMPY("a NumPy array") {
    @Override
    boolean begins(String bytes) {
      return bytes.startsWith("\u0093NUMPY") || bytes.matches("(?s)PK\3\4.{26}[^/]{1,60}\\.npy.*");
    }
  },
  JSON("JSON, as an architecture without weights is") {
    @Override
    boolean begins(String bytes) {
      return bytes.stripLeading().startsWith("{");
    }
  };

  private static final int LOOKED_AT = 256;
  private static final String WAY_OUT =
      "; save the network in Keras, by model.save(\"network.keras\")";

  /** What a folder that was exported is, and the way out. */
  static final String EXPORTED = SAVED_MODEL.words + WAY_OUT;

  private final String words;

  OtherFormat(String words) {
    this.words = words;
  }

  /** Whether a file that begins with these bytes, a character each, is of this format. */
  abstract boolean begins(String bytes);

  /** What a file is, and the way out; empty if that is not known. */
  static Optional<String> describe(ByteBuffer file) {
    byte[] first = new byte[Math.min(LOOKED_AT, file.capacity())];
    file.get(0, first);
    String bytes = new String(first, StandardCharsets.ISO_8859_1);
    return Arrays.stream(values())
        .filter(format -> format.begins(bytes))
        .findFirst()
        .map(format -> format.words + WAY_OUT);
  }
}
