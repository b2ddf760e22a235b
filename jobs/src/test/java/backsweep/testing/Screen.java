package backsweep.testing;

import java.util.List;
import java.util.Map;
import org.openqa.selenium.chromium.ChromiumDriver;

/**
 * What a page is shown on.
 *
 * @param width in CSS pixels
 * @param height in CSS pixels
 * @param phone whether it is a phone's, which shows a page that names no width as if 980 pixels
 *     wide
 * @param dark whether its owner prefers dark pages
 */
public record Screen(int width, int height, boolean phone, boolean dark) {

  /** A small notebook. */
  public static final Screen DESK = new Screen(1280, 800, false, false);

  /** A phone, held upright. */
  public static final Screen PHONE = new Screen(390, 844, true, false);

  /** The same for somebody who prefers dark pages. */
  public Screen inTheDark() {
    return new Screen(width, height, phone, true);
  }

  void emulate(ChromiumDriver driver) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "mobile", phone, "deviceScaleFactor", 1));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** As in the names of files. */
  @Override
  public String toString() {
    return (phone ? "phone" : "desk") + (dark ? "-dark" : "-light");
  }
}
