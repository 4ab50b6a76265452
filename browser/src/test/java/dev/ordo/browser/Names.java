package dev.ordo.browser;

import java.util.List;

/**
 * What a result file calls things.
 *
 * @param models four names of models
 * @param words names and sentences for all other places, at least one
 */
record Names(List<String> models, List<String> words) {

  /** The name that a script of the page has set if a name was taken for code. */
  static final String FLAG = "injected";

  /** Ids of built-in models, which theory knows. */
  static final Names KNOWN =
      new Names(List.of("transformer", "transformer-kv", "rnn", "mamba"), List.of("a word"));

  /** Names that do harm wherever they are not text. */
  static final Names HOSTILE =
      new Names(
          List.of(
              "<img src=x onerror=\"window.injected=1\">",
              "</script><script>window.injected=2</script>",
              "\" onmouseover=\"window.injected=3\" style=\"x\u2028'",
              "{{constructor.constructor('window.injected=4')()}}<!--"),
          List.of(
              "</style><svg onload=\"window.injected=5\">",
              "</textarea></title><iframe srcdoc=\"<script>parent.injected=6</script>\">",
              "]]><script>alert(7)</script>",
              "`${window.injected=8}` ${1+1} <#assign x=1> \\u003cimg\\u003e",
              "&lt;img src=x onerror=window.injected=9&gt;",
              "javascript:window.injected=10",
              "-->\u2029<a href=\"javascript:alert(11)\" autofocus onfocus=\"alert(12)\">",
              "</script><!--<script>"));

  /** As many names as the hostile ones, as different from each other, and harmless. */
  static final Names PLAIN =
      new Names(
          List.of("first model", "second model", "third model", "fourth model"),
          List.of("one", "two", "three", "four", "five", "six", "seven", "eight"));

  /** Returns the word for the place of a number. */
  String word(int place) {
    return words.get(place % words.size());
  }
}
