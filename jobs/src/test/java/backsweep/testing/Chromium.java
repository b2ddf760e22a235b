package backsweep.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.UnexpectedAlertBehaviour;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A Chromium without a window, which opens files and reaches no network.
 *
 * <p>Browser and driver are the machine's: {@code chromium} and {@code chromedriver} on {@code
 * PATH}, or what the variables {@code CHROMIUM} and {@code CHROMEDRIVER} name. Nothing is
 * downloaded.
 */
public final class Chromium implements AutoCloseable {

  private static final List<String> ARGUMENTS =
      List.of(
          "--headless=new",
          // Containers give a browser neither the rights for its sandbox nor much shared memory.
          "--no-sandbox",
          "--disable-dev-shm-usage",
          "--disable-background-networking",
          "--disable-component-update",
          "--host-resolver-rules=MAP * ~NOTFOUND");

  /** Says for every new browser that it does not know its events, which are not asked for here. */
  private static final Logger VERSIONS =
      Logger.getLogger("org.openqa.selenium.devtools.CdpVersionFinder");

  private final ChromeDriver driver;

  private Chromium(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts one; the test is skipped where there is none. */
  public static Chromium start() {
    VERSIONS.setLevel(Level.SEVERE);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program("CHROMIUM", "chromium").toFile());
    options.addArguments(ARGUMENTS);
    options.setUnhandledPromptBehaviour(UnexpectedAlertBehaviour.DISMISS);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(program("CHROMEDRIVER", "chromedriver").toFile())
            .withSilent(true)
            .build();
    return new Chromium(new ChromeDriver(service, options));
  }

  private static Path program(String variable, String name) {
    Optional<Path> program =
        Optional.ofNullable(System.getenv(variable))
            .map(Path::of)
            .or(() -> onPath(name))
            .filter(Files::isExecutable);
    assumeTrue(
        program.isPresent(), () -> "needs %s on PATH, or its path in %s".formatted(name, variable));
    return program.get();
  }

  private static Optional<Path> onPath(String name) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Opens a file, and waits until the page has loaded, is painted and has nothing to do. */
  public OpenPage open(Path file, Screen screen) {
    driver.get("about:blank");
    screen.emulate(driver);
    driver.manage().logs().get(LogType.BROWSER);
    driver.manage().logs().get(LogType.PERFORMANCE);
    return OpenPage.of(driver, file);
  }

  /** Ends the browser and its driver. */
  @Override
  public void close() {
    driver.quit();
  }
}
