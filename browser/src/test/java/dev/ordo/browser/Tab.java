package dev.ordo.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** One tab of the browser, with what it has complained about and asked for. */
final class Tab implements AutoCloseable {

  /** Generous: it only ends tests that would otherwise hang. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ChromeDriver driver;
  private final Path downloads;
  private final List<String> complaints = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private final List<String> dialogs = new ArrayList<>();

  /** Opens an empty tab and forgets what earlier ones logged. */
  Tab(ChromeDriver driver, Path downloads) {
    this.driver = driver;
    this.downloads = downloads;
    driver.switchTo().newWindow(WindowType.TAB);
    listen();
    complaints.clear();
    requests.clear();
    dialogs.clear();
    size(1280, 900);
  }

  /** Opens a further tab, which closes with this one, and turns to it. */
  Tab another() {
    return new Tab(driver, downloads);
  }

  /** Opens a page and waits until its script has drawn it. */
  Tab open(Path page) {
    return open(page.toUri().toString());
  }

  /** Opens an address and waits until the page's script has drawn it. */
  Tab open(String address) {
    driver.get(address);
    await("return document.readyState === 'complete' && (!window.ordo || window.ordo.ready)");
    return this;
  }

  /** Sets the inside of the window, in CSS pixels. */
  Tab size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    return this;
  }

  /** Prefers dark colours, or light ones. */
  Tab dark(boolean dark) {
    return media("", dark);
  }

  /** Shows the page as it is printed. */
  Tab print() {
    return media("print", false);
  }

  /** Lets pages have scripts, or not. */
  Tab scripts(boolean allowed) {
    driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !allowed));
    return this;
  }

  private Tab media(String type, boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            type,
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    return this;
  }

  /** Runs the body of a function in the page and returns what it returns. */
  Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Returns whether the body of a function in the page returns {@code true}. */
  boolean holds(String script, Object... arguments) {
    return Boolean.TRUE.equals(run(script, arguments));
  }

  /** Returns the number that the body of a function in the page returns. */
  double number(String script, Object... arguments) {
    return ((Number) run(script, arguments)).doubleValue();
  }

  /** Returns the text that the body of a function in the page returns. */
  String text(String script, Object... arguments) {
    return String.valueOf(run(script, arguments));
  }

  /** Returns the list that the body of a function in the page returns. */
  @SuppressWarnings("unchecked")
  <T> List<T> list(String script, Object... arguments) {
    return (List<T>) run(script, arguments);
  }

  /** Returns the object that the body of a function in the page returns. */
  @SuppressWarnings("unchecked")
  Map<String, Object> map(String script, Object... arguments) {
    return (Map<String, Object>) run(script, arguments);
  }

  /** Runs the body of a function that hands what it finds to its last argument. */
  @SuppressWarnings("unchecked")
  <T> List<T> wait(String script) {
    driver.manage().timeouts().scriptTimeout(PATIENCE);
    return (List<T>) driver.executeAsyncScript(script);
  }

  /** Waits until the body of a function in the page returns {@code true}. */
  void await(String script, Object... arguments) {
    new WebDriverWait(driver, PATIENCE, Duration.ofMillis(20))
        .withMessage(() -> "waiting for: " + script)
        .until(shown -> Boolean.TRUE.equals(driver.executeScript(script, arguments)));
  }

  /** Waits until something outside the page has happened. */
  void await(BooleanSupplier happened, String what) {
    new WebDriverWait(driver, PATIENCE, Duration.ofMillis(20))
        .withMessage(() -> "waiting for: " + what)
        .until(shown -> happened.getAsBoolean());
  }

  /** Returns the first element that a selector finds. */
  WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  /** Returns all elements that a selector finds. */
  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** Scrolls an element to the middle of the window and clicks on it. */
  void click(String selector) {
    run("arguments[0].scrollIntoView({block: 'center'})", find(selector));
    find(selector).click();
  }

  /** Moves the pointer to a place in the window. */
  void point(int x, int y) {
    new Actions(driver).moveToLocation(x, y).perform();
  }

  /** Drags from one place in the window to another. */
  void drag(int fromX, int fromY, int toX, int toY) {
    new Actions(driver)
        .moveToLocation(fromX, fromY)
        .clickAndHold()
        .moveToLocation((fromX + toX) / 2, (fromY + toY) / 2)
        .moveToLocation(toX, toY)
        .release()
        .perform();
  }

  /** Presses keys wherever the focus is. */
  void press(Keys... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Returns the address with the state of the view behind {@code #}. */
  String address() {
    return driver.getCurrentUrl();
  }

  /** Returns where downloads end up. */
  Path downloads() {
    return downloads;
  }

  /** Returns the errors in the console, and the exceptions that nothing caught. */
  List<String> complaints() {
    listen();
    return List.copyOf(complaints);
  }

  /** Returns the addresses that were asked for, but for data that the page holds itself. */
  List<String> requests() {
    listen();
    return List.copyOf(requests);
  }

  /** Returns the messages of the dialogs that were opened. */
  List<String> dialogs() {
    listen();
    return List.copyOf(dialogs);
  }

  private void listen() {
    for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
      if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
        complaints.add(entry.getMessage());
      }
    }
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      JsonNode message = parsed(entry.getMessage()).path("message");
      switch (message.path("method").asText()) {
        case "Network.requestWillBeSent" -> {
          String address = message.at("/params/request/url").asText();
          if (!address.startsWith("data:") && !address.startsWith("blob:")) {
            requests.add(address);
          }
        }
        case "Network.webSocketCreated" -> requests.add(message.at("/params/url").asText());
        case "Page.javascriptDialogOpening" -> dialogs.add(message.at("/params/message").asText());
        default -> {}
      }
    }
  }

  private static JsonNode parsed(String message) {
    try {
      return JSON.readTree(message);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closes this tab and all that it opened. */
  @Override
  public void close() {
    List<String> handles = List.copyOf(driver.getWindowHandles());
    for (String handle : handles.subList(1, handles.size())) {
      driver.switchTo().window(handle).close();
    }
    driver.switchTo().window(handles.get(0));
  }
}
