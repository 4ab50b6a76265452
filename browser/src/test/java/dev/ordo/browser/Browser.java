package dev.ordo.browser;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * Gives each test that asks for one a {@link Tab} of its own, in one Chromium for all of them.
 *
 * <p>The browser starts with an empty profile, resolves no name and is found where the system
 * properties {@code ordo.chromium} and {@code ordo.chromedriver} say: both paths are handed over,
 * so that Selenium looks for nothing and fetches nothing.
 */
final class Browser implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(Browser.class);

  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--disable-dev-shm-usage",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--hide-scrollbars",
          "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1");

  /** Warns of each Chromium that is newer than its own bindings, which nothing here uses. */
  private static final Logger BINDINGS = Logger.getLogger("org.openqa.selenium.devtools");

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Tab.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Process process =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(Process.class, key -> Process.start(), Process.class);
    Tab tab = new Tab(process.driver(), process.downloads());
    context.getStore(NAMESPACE).put(tab, tab);
    return tab;
  }

  /** The running browser; the store of the test run ends it. */
  private record Process(ChromeDriver driver, Path profile, Path downloads)
      implements AutoCloseable {

    static Process start() {
      try {
        BINDINGS.setLevel(Level.SEVERE);
        Path profile = Files.createTempDirectory("ordo-browser");
        Path downloads = Files.createDirectory(profile.resolve("downloads"));
        ChromeOptions options = new ChromeOptions();
        options.setBinary(System.getProperty("ordo.chromium", "/usr/bin/chromium"));
        options.addArguments(FLAGS);
        options.addArguments("--user-data-dir=" + profile.resolve("profile"));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        ChromeDriverService service =
            new ChromeDriverService.Builder()
                .usingDriverExecutable(
                    new File(System.getProperty("ordo.chromedriver", "/usr/bin/chromedriver")))
                .usingAnyFreePort()
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.executeCdpCommand(
            "Browser.setDownloadBehavior",
            Map.of("behavior", "allow", "downloadPath", downloads.toString()));
        return new Process(driver, profile, downloads);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      driver.quit();
      Folders.delete(profile);
    }
  }
}
