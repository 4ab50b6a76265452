package dev.ordo.reports.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A script that stands inside a page, with what the page's policy needs to know of it.
 *
 * <p>FreeMarker reads public types only; nobody sees this one through {@link Templates}.
 *
 * @param text the source, not to be escaped
 * @param hash the source expression that allows this script and no other (Content Security Policy
 *     Level 3, section 2.3.1), for example {@code sha256-…}
 */
public record Script(String text, String hash) {

  private static final String ECHARTS = "/META-INF/resources/webjars/echarts/5.5.0/echarts.min.js";

  /** The parts of Ordo's own script, each after what it extends. */
  private static final List<String> PARTS =
      List.of(
          "text",
          "axis",
          "looks",
          "view",
          "drawing",
          "chart",
          "table",
          "download",
          "link",
          "start");

  private static final Script OWN =
      of(
          PARTS.stream()
              .map(part -> read("script/" + part + ".js"))
              .collect(Collectors.joining("\n", "(() => {\n'use strict';\n\n", "})();\n")));

  /** What draws, then what uses it: the scripts of a page with charts. */
  static final List<Script> OF_CHARTS = List.of(of(read(ECHARTS)), OWN);

  /** The script of a page without charts. */
  static final List<Script> OF_TABLES = List.of(OWN);

  /**
   * Makes a script.
   *
   * @throws IllegalArgumentException if the text would end its element, or begin a comment inside
   *     it
   */
  static Script of(String text) {
    for (String closing : List.of("</script", "<!--")) {
      if (text.contains(closing)) {
        throw new IllegalArgumentException("a script must not hold " + closing);
      }
    }
    return new Script(text, "sha256-" + Base64.getEncoder().encodeToString(sha256(text)));
  }

  private static String read(String name) {
    try (InputStream in = Script.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " must be on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("resource " + name + " could not be read", e);
    }
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
