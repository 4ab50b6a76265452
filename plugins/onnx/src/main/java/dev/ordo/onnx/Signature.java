package dev.ordo.onnx;

import dev.ordo.models.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a model is to be used, as its inputs and outputs tell.
 *
 * <p>What is a whole number along the sequence is a token id unless its name says mask, position or
 * segment; what is a real number along it are features. An input and an output that have the same
 * name but for words like past and present, in and out, are a state.
 *
 * @param inputs all inputs
 * @param output the output that is looked at
 */
record Signature(List<Input> inputs, Value output) {

  /** Words that tell the value before from the value after. */
  private static final Set<String> BEFORE_AND_AFTER =
      Set.of(
          "past",
          "present",
          "in",
          "out",
          "input",
          "output",
          "old",
          "new",
          "prev",
          "previous",
          "next",
          "init",
          "initial",
          "final",
          "last");

  /** The usual names of what is kept from one position to the next. */
  private static final String KEPT = "past|present|state|hidden|cache|mem|^[hc]_?0$";

  /** Copies the list. */
  Signature {
    inputs = List.copyOf(inputs);
  }

  /**
   * Finds out how a model is to be used.
   *
   * @throws IllegalArgumentException if no input has a sequence axis, one can be filled with
   *     nothing known, or nothing can be looked at; the message names inputs and shapes
   */
  static Signature of(Collection<Value> inputs, Collection<Value> outputs) {
    List<Input> roles = new ArrayList<>();
    Set<String> states = new HashSet<>();
    for (Value input : inputs) {
      Optional<Value> next = outputs.stream().filter(output -> follows(output, input)).findFirst();
      next.ifPresent(output -> states.add(output.name()));
      roles.add(
          new Input(
              input, role(input, next.isPresent(), inputs), next.map(Value::name).orElse("")));
    }
    long carriers = roles.stream().filter(Signature::carries).count();
    if (carriers == 0) {
      throw new IllegalArgumentException(
          "at least one input must have an axis of open size along which a sequence runs; found "
              + text(inputs));
    }
    if (carriers > 1) {
      throw new IllegalArgumentException(
          "one input must hold the sequence, found several: " + text(inputs));
    }
    List<Value> left = outputs.stream().filter(output -> !states.contains(output.name())).toList();
    Value output =
        left.stream()
            .filter(value -> value.real() && value.named("logit"))
            .findFirst()
            .or(() -> left.stream().filter(Value::real).findFirst())
            .or(() -> left.stream().findFirst())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "an output beside states must be there; found " + text(outputs)));
    return new Signature(roles, output);
  }

  private static boolean carries(Input input) {
    return input.role() == Role.TOKENS || input.role() == Role.FEATURES;
  }

  private static Role role(Value value, boolean hasNext, Collection<Value> all) {
    if (hasNext) {
      return Role.STATE;
    }
    if (value.named("use_cache")) {
      return Role.SWITCH;
    }
    if (value.sequenceAxis() >= 0 && value.named("mask")) {
      return Role.MASK;
    }
    if (value.sequenceAxis() >= 0 && value.whole()) {
      return value.named("position")
          ? Role.POSITIONS
          : value.named("token_type|segment") ? Role.SEGMENTS : Role.TOKENS;
    }
    if (value.sequenceAxis() >= 0 && value.real()) {
      return Role.FEATURES;
    }
    boolean sequence = all.stream().anyMatch(other -> other.sequenceAxis() >= 0);
    throw new IllegalArgumentException(
        sequence
            ? "input '"
                + value.name()
                + "' must be tokens, features, a mask, positions or a state with an output;"
                + " found "
                + text(all)
            : "at least one input must have an axis of open size along which a sequence runs;"
                + " found "
                + text(all));
  }

  private static boolean follows(Value output, Value input) {
    return output.type() == input.type()
        && output.rank() == input.rank()
        && !output.name().equals(input.name())
        && !stem(output).isEmpty()
        && stem(output).equals(stem(input))
        && (input.sequenceAxis() < 0 || input.named(KEPT));
  }

  /** Returns a name without the words that tell before from after; h0 and hn are both h. */
  private static String stem(Value value) {
    String name =
        value
            .name()
            .toLowerCase(Locale.ROOT)
            .replaceAll("(past|present)_key_values", "$1")
            .replaceAll("[^a-z0-9]+", "_")
            .replaceAll("(?<=^|_)([hc])_?[0n]$", "$1");
    return Arrays.stream(name.split("_"))
        .filter(word -> !BEFORE_AND_AFTER.contains(word))
        .collect(Collectors.joining("_"));
  }

  private static String text(Collection<Value> values) {
    return values.stream().map(Value::toString).collect(Collectors.joining(", "));
  }

  /** Returns the inputs that are states. */
  List<Input> states() {
    return inputs.stream().filter(input -> input.role() == Role.STATE).toList();
  }

  /** Returns whether the model reads tokens; features if not. */
  boolean readsTokens() {
    return inputs.stream().anyMatch(input -> input.role() == Role.TOKENS);
  }

  /** Returns whether the output may be the logits of the next token. */
  boolean predicts() {
    return readsTokens()
        && output.real()
        && output.rank() >= 2
        && !output.open(output.rank() - 1)
        && !output.named("hidden|embed|pool");
  }

  /**
   * Returns the phases that the model can do: prefill always, decode where it keeps a state, and
   * generate where it reads tokens and predicts the next one. It cannot be trained.
   */
  Set<Phase> phases() {
    Set<Phase> phases = EnumSet.of(Phase.PREFILL);
    if (!states().isEmpty()) {
      phases.add(Phase.DECODE);
    }
    if (predicts()) {
      phases.add(Phase.GENERATE);
    }
    return phases;
  }
}
