package dev.ordo.reports.data;

import static dev.ordo.reports.data.JmhResultsTest.file;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Broken files end in one clear line, or are read; never in another exception. */
class ReadingFuzzTest {

  private static final String[] SHREDS = {
    "NaN",
    "\"NaN\"",
    "null",
    "-1",
    "0",
    "1e999",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\"",
    "\n",
    ";",
    "\t",
    "true",
    "\u0000",
    "é",
    "\"params\"",
    "\"rawData\"",
    "#",
    "9999999999999999999999",
    "/",
    "±"
  };

  @ParameterizedTest
  @ValueSource(
      strings = {
        "average.json",
        "sample.json",
        "throughput.json",
        "results.csv",
        "google-repetitions.json",
        "google-names.json",
        "plain.csv",
        "plain-names.csv"
      })
  void endsInOneLineWhateverIsBroken(String name, @TempDir Path directory) throws IOException {
    byte[] good = Files.readAllBytes(file(name));
    Random random = new Random(11);
    int rejected = 0;
    for (int i = 0; i < 400; i++) {
      Path broken = Files.write(directory.resolve("broken"), broken(good, random));
      try {
        Measurements measurements = ResultFiles.read(broken);
        measurements.select(Optional.empty());
        measurements.notes().forEach(note -> assertThat(note).doesNotContain("Exception"));
      } catch (ResultFileException | SizeParameterException expected) {
        rejected++;
        assertThat(expected.getMessage()).isNotBlank().doesNotContain("\n").hasSizeLessThan(2000);
      }
    }
    assertThat(rejected).isPositive();
  }

  /** Cuts, doubles, flips or replaces a few parts. */
  private static byte[] broken(byte[] good, Random random) {
    StringBuilder text = new StringBuilder(new String(good, StandardCharsets.ISO_8859_1));
    for (int change = random.nextInt(4); change >= 0 && text.length() > 2; change--) {
      int from = random.nextInt(text.length());
      int to = Math.min(text.length(), from + 1 + random.nextInt(20));
      switch (random.nextInt(5)) {
        case 0 -> text.setLength(from);
        case 1 -> text.delete(from, to);
        case 2 -> text.insert(from, text.substring(from, to));
        case 3 -> text.setCharAt(from, (char) random.nextInt(256));
        default -> text.replace(from, to, SHREDS[random.nextInt(SHREDS.length)]);
      }
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
