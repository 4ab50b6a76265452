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
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
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
    assertThat(Style.of(Studies.models()).color("mamba")).isEqualTo("#d55e00");
  }

  @Test
  void wellKnownModelsLookTheSameWhateverStandsBesideThem() {
    Style one = Style.of(List.of("rnn", "mamba"));
    Style other = Style.of(List.of("a", "b", "c", "mamba", "lstm", "zebra"));

    assertThat(other.look("mamba")).isEqualTo(one.look("mamba"));
    assertThat(one.look("rnn")).isEqualTo(Style.of(List.of("rnn")).look("rnn"));
  }

  @Test
  void modelsThatAreComparedMostDifferInColor() {
    List<String> models =
        List.of("transformer", "transformer-kv", "mamba", "rnn", "lstm", "gru", "s4d");
    Style style = Style.of(models);

    assertThat(models).extracting(style::color).doesNotHaveDuplicates();
  }

  @Test
  void otherSubjectsKeepTheirLookAmongOthersWhereItIsFree() {
    Style alone = Style.of(List.of("ArrayList.add"));
    Style among = Style.of(List.of("ArrayList.add", "mamba", "zebra"));

    assertThat(among.color("ArrayList.add")).isIn(alone.color("ArrayList.add"), "#0072b2");
    assertThat(Style.of(List.of("ArrayList.add")).look("ArrayList.add"))
        .isEqualTo(alone.look("ArrayList.add"));
  }

  @Test
  void sevenSubjectsOfAnyNamesDifferInColor() {
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      List<String> names = new ArrayList<>();
      for (int k = 0; k < 7; k++) {
        names.add("sort" + random.nextInt(100_000));
      }
      Style style = Style.of(names);

      assertThat(Set.copyOf(names).stream().map(style::color)).doesNotHaveDuplicates();
    }
  }

  @Test
  void allSubjectsOfALargeStudyLookDifferent() {
    List<String> names = IntStream.range(0, 210).mapToObj(i -> "subject " + i).toList();
    Style style = Style.of(names);
    Set<List<Object>> looks = new HashSet<>();
    for (String name : names) {
      Style.Look look = style.look(name);
      looks.add(List.of(look.color(), look.marker(), look.stroke()));
    }

    assertThat(looks).hasSize(210);
    assertThat(Style.of(IntStream.range(0, 300).mapToObj(i -> "s" + i).toList()).look("s299"))
        .isNotNull();
  }

  @Test
  void whatStandsInBracketsChangesMarkerAndDashAlone() {
    for (String stem : List.of("mamba", "HashMap.get")) {
      Style style = Style.of(List.of(stem, stem + " [threads=2]", stem + " [run b]"));

      assertThat(style.color(stem + " [run b]")).isEqualTo(style.color(stem));
      assertThat(style.color(stem + " [threads=2]")).isEqualTo(style.color(stem));
      assertThat(style.look(stem + " [threads=2]").marker()).isNotSameAs(style.look(stem).marker());
      assertThat(style.look(stem + " [threads=2]")).isNotEqualTo(style.look(stem + " [run b]"));
    }
  }

  @Test
  void rejectsUnknownSubjects() {
    Style style = Style.of(Studies.models());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> style.color("lstm"))
        .withMessage("subject (lstm) must be one of the study's");
  }
}
