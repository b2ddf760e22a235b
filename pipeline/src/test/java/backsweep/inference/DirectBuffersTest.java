package backsweep.inference;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.network.Shape;
import backsweep.tensorflow.StoredDetector;
import backsweep.testing.Pixels;
import backsweep.testing.SmallDetector;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class DirectBuffersTest {

  @Test
  void oneThatIsGivenBackTwiceIsTakenByOne() {
    StoredDetector detector =
        StoredDetector.of(new SmallDetector().model().content(StoredDetector.FILE));
    DetectorPredictor predictor = new DetectorPredictor(detector, new Threads(1, 1));
    predictor.predict(Pixels.random(1, 2, Shape.of(6, 5, 3)));

    predictor.close();
    predictor.close();

    ByteBuffer one = DirectBuffers.take(1);
    ByteBuffer other = DirectBuffers.take(1);
    assertThat(one).isNotSameAs(other);
    DirectBuffers.giveBack(one);
    DirectBuffers.giveBack(other);
  }
}
