package dev.ordo.reports.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ScriptTest {

  @Test
  void hashesAsBrowsersDo() {
    // The example of Content Security Policy Level 3, section 8.3 (usage of "'unsafe-hashes'").
    assertThat(Script.of("doSubmit()").hash())
        .isEqualTo("sha256-jzgBGA4UWFFmpOBq0JpdsySukE1FrEN5bUpoK8Z29fY=");
  }

  @Test
  void rejectsWhatWouldEndItsElement() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Script.of("let a = '</script>';"))
        .withMessage("a script must not hold </script");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Script.of("let a = '<!--';"))
        .withMessage("a script must not hold <!--");
  }

  @Test
  void theChartLibraryStandsBeforeWhatUsesIt() {
    assertThat(Script.OF_CHARTS.get(0).text()).contains("Apache Software Foundation");
    assertThat(Script.OF_CHARTS.get(1)).isEqualTo(Script.OF_TABLES.get(0));
  }

  @Test
  void setsTextsAsTextAndHandlersAsFunctions() {
    assertThat(Script.OF_TABLES.get(0).text())
        .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
  }
}
