package dev.ordo.harness.cli;

import dev.ordo.models.verify.Check;
import dev.ordo.models.verify.Verification;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints a verification: a row for each check of each model, at most 80 columns wide. */
final class VerificationTable {

  private static final int MODEL = 15;
  private static final int TENSOR = 14;
  private static final String HEAD = "  %-15s %-14s %16s %14s %8s%n";
  private static final String ROW = "  %-15s %-14s %16.2e %14.2e %8.2e  %s%n";

  /** So many groups of unchecked tensors are named; the others are counted. */
  private static final int NAMED = 4;

  private VerificationTable() {}

  /**
   * Prints.
   *
   * @param folder what was verified
   * @param verification what came of it
   * @param tolerance decides what passes
   * @param out where to
   */
  static void print(Path folder, Verification verification, double tolerance, PrintWriter out) {
    out.println(folder + ": " + verification.modelType());
    out.printf(HEAD, "model", "tensor", "max |difference|", "max |expected|", "ratio");
    for (Verification.Subject subject : verification.subjects()) {
      for (Check check : subject.checks()) {
        out.printf(
            ROW,
            plain(subject.id(), MODEL),
            plain(check.name(), TENSOR),
            check.difference(),
            check.largest(),
            check.ratio(),
            check.passes(tolerance) ? "pass" : "FAIL");
      }
    }
    if (!verification.unchecked().isEmpty()) {
      out.println("  not checked: " + groups(verification.unchecked()));
    }
  }

  /** Names tensors together that share what stands before their first dot. */
  private static String groups(SortedSet<String> names) {
    Map<String, Long> counts =
        names.stream()
            .collect(
                Collectors.groupingBy(
                    name -> name.indexOf('.') < 0 ? name : name.split("\\.", 2)[0] + ".*",
                    TreeMap::new,
                    Collectors.counting()));
    List<String> parts = new ArrayList<>();
    long others = names.size();
    for (Map.Entry<String, Long> group : counts.entrySet()) {
      if (parts.size() < NAMED) {
        long count = group.getValue();
        String name = plain(group.getKey(), TENSOR);
        parts.add(count == 1 ? name : count + " tensors " + name);
        others -= count;
      }
    }
    if (others > 0) {
      parts.add(others + " more");
    }
    return String.join(", ", parts);
  }

  /** Names from a file may hold anything and be long; a row has to stay a row. */
  private static String plain(String name, int longest) {
    String plain = name.replaceAll("[^\\x20-\\x7E]", "?");
    return plain.length() <= longest ? plain : plain.substring(0, longest - 1) + "~";
  }
}
