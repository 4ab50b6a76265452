package dev.ordo.reports.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ordo.reports.compare.Comparison;
import dev.ordo.reports.compare.ComparisonOptions;
import dev.ordo.reports.data.Measurements;
import dev.ordo.reports.data.ResultFiles;
import dev.ordo.reports.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTableTest {

  @TempDir private Path folder;

  private Comparison comparison;

  private Measurements read(String name, String csv) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, csv);
    return ResultFiles.read(file);
  }

  @BeforeEach
  void compare() throws IOException {
    String head = "name,n,time_ns\n";
    Measurements base =
        read("base.csv", head + "a|<b>,64,100\na|<b>,64,101\na|<b>,64,99\nc,64,5\nc,128,9\n");
    Measurements candidate =
        read("new.csv", head + "a|<b>,64,200\na|<b>,64,201\na|<b>,64,199\nc,64,5\n");
    comparison = Comparison.of(base, candidate, ComparisonOptions.DEFAULT.withMargin(0.05));
  }

  @Test
  void alignsOneLineForEachCellWithinTheWidth() {
    String text = ComparisonTable.text(comparison, 80);

    assertThat(text.lines()).allSatisfy(line -> assertThat(Text.width(line)).isLessThan(81));
    assertThat(text)
        .contains("2.00 [1.9", "slower", "1.00 (one fork each)", "inconclusive")
        .contains("2 cells compared: 1 slower, 0 faster, 0 unchanged, 1 inconclusive.")
        .contains("A change counts from 5.0 % on, as was asked.")
        .contains("No verdict on 1 with one fork each: noise unknown.")
        .contains("(only in the base, these");
  }

  @Test
  void rejectsANarrowTerminal() {
    assertThatThrownBy(() -> ComparisonTable.text(comparison, 59))
        .hasMessage("columns (59) must be at least 60");
  }

  @Test
  void writesDataAndATableForAPullRequest() throws IOException {
    ComparisonFiles.Files files =
        ComparisonFiles.write(comparison, "base.csv", "new.csv", folder.resolve("out"));
    JsonNode json = new ObjectMapper().readTree(files.json().toFile());

    assertThat(json.at("/schema").asText()).isEqualTo("ordo-comparison");
    assertThat(json.at("/counts/slower").asInt()).isEqualTo(1);
    assertThat(json.at("/cells/0/change").asText()).isEqualTo("slower");
    assertThat(json.at("/cells/0/interval/low").asDouble()).isBetween(1.9, 2.0);
    assertThat(json.at("/cells/1/interval").isNull()).isTrue();
    assertThat(json.at("/unmatched/0/side").asText()).isEqualTo("base");
    assertThat(Files.readString(files.markdown()))
        .contains("# new.csv against base.csv", "**slower**")
        .doesNotContain("a|<b>");
  }
}
