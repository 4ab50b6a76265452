package dev.ordo.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StyleTest {

  @Test
  void looksDoNotDependOnTheOrderOfFindings() {
    Study study = Studies.models();
    List<Study.Finding> reversed = new ArrayList<>(study.findings());
    Collections.reverse(reversed);
    Style one = Style.of(study);
    Style other = Style.of(new Study("", reversed, study.environment(), study.notes()));
    for (Study.Finding finding : study.findings()) {
      assertThat(other.look(finding.subject())).isEqualTo(one.look(finding.subject()));
    }
  }

  @Test
  void manySubjectsAllLookDifferent() {
    Set<List<Object>> looks = new HashSet<>();
    for (int i = 0; i < 210; i++) {
      Style.Look look = Style.Look.at(i);
      looks.add(
          List.of(
              look.color(),
              look.marker().getClass(),
              Arrays.toString(look.stroke().getDashArray())));
    }
    assertThat(looks).hasSize(210);
  }

  @Test
  void neighboursDifferInColorMarkerAndDash() {
    for (int i = 0; i < 30; i++) {
      Style.Look look = Style.Look.at(i);
      Style.Look next = Style.Look.at(i + 1);
      assertThat(look.color()).isNotEqualTo(next.color());
      assertThat(look.marker()).isNotSameAs(next.marker());
      assertThat(look.stroke()).isNotEqualTo(next.stroke());
    }
  }

  @Test
  void writesColorsForCss() {
    assertThat(Style.of(Studies.models()).color("mamba")).isEqualTo("#0072b2");
  }

  @Test
  void rejectsUnknownSubjects() {
    Style style = Style.of(Studies.models());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> style.color("lstm"))
        .withMessage("subject (lstm) must be one of the study's");
  }
}
