package dev.ordo.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels lie beside each other and within their chart, however wide the window is. */
@ExtendWith(Browser.class)
class LabelsIT {

  @ParameterizedTest
  @ValueSource(ints = {360, 800, 1600})
  void doNotOverlap(int width, Tab tab) {
    tab.size(width, 900).open(Pages.run("known", Names.KNOWN));
    check(tab, "");
    for (String axis : List.of("x", "y")) {
      tab.run(
          "document.querySelectorAll(arguments[0]).forEach(button => button.click())",
          "[data-axis='" + axis + "'][data-scale='linear']");
      check(tab, axis + " linear");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 800, 1600})
  void ofARealRunDoNotOverlap(int width, Tab tab) {
    check(tab.size(width, 900).open(Pages.example()), "");
  }

  private static void check(Tab tab, String view) {
    for (String name : Drawing.names(tab)) {
      List<Map<String, Object>> labels = new Drawing(tab, name).labels();
      assertThat(labels).as("labels of %s %s", name, view).hasSizeGreaterThan(5);
      assertThat(labels)
          .as("%s %s", name, view)
          .allSatisfy(label -> assertThat(label).containsEntry("inside", true));
      assertThat(overlaps(labels)).as("%s %s", name, view).isEmpty();
    }
  }

  private static List<String> overlaps(List<Map<String, Object>> labels) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      for (int j = i + 1; j < labels.size(); j++) {
        if (apart(labels.get(i), labels.get(j)) < 0) {
          found.add(labels.get(i).get("text") + " over " + labels.get(j).get("text"));
        }
      }
    }
    return found;
  }

  /** Returns the gap between two boxes, in pixels; negative where they overlap. */
  private static double apart(Map<String, Object> a, Map<String, Object> b) {
    double across = Math.max(of(b, "left") - of(a, "right"), of(a, "left") - of(b, "right"));
    double down = Math.max(of(b, "top") - of(a, "bottom"), of(a, "top") - of(b, "bottom"));
    return Math.max(across, down);
  }

  private static double of(Map<String, Object> box, String side) {
    return ((Number) box.get(side)).doubleValue();
  }
}
