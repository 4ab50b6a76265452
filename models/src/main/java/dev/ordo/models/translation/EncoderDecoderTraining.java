package dev.ordo.models.translation;

import dev.ordo.models.Tokens;
import dev.ordo.models.TranslationTraining;
import dev.ordo.models.autograd.Affine;
import dev.ordo.models.autograd.BucketBias;
import dev.ordo.models.autograd.CausalAttention.Columns;
import dev.ordo.models.autograd.CrossAttention;
import dev.ordo.models.autograd.CrossEntropy;
import dev.ordo.models.autograd.Elementwise;
import dev.ordo.models.autograd.Embedding;
import dev.ordo.models.autograd.Normalise;
import dev.ordo.models.autograd.ParameterTraining;
import dev.ordo.models.autograd.Parameters;
import dev.ordo.models.autograd.Tape;
import dev.ordo.models.autograd.Tensor;
import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.translation.Architecture.Attention;
import dev.ordo.models.translation.Architecture.Distances;
import dev.ordo.models.translation.Architecture.Layer;
import dev.ordo.models.translation.Architecture.Maps;
import dev.ordo.models.translation.Architecture.Stack;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The training of {@link EncoderDecoder}, whose formulas it follows; no dropout. */
final class EncoderDecoderTraining extends ParameterTraining implements TranslationTraining {

  private final Architecture architecture;
  private final Parameters parameters;
  private final int d;
  private final Tensors tensors;

  /** The position embeddings of a batch whose sequences have that length. */
  private record Positions(int length, Tensor rows) {}

  /** Those of the last step, by the name of their table. */
  private final Map<String, Positions> positions = new HashMap<>();

  /** The bias of the logits, which is no parameter; null for none. */
  private final Tensor headBias;

  /**
   * Makes a training.
   *
   * @param tensors weights under the names of the reference
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  EncoderDecoderTraining(Architecture architecture, Tensors tensors) {
    this(architecture, tensors, new Parameters(tensors));
  }

  private EncoderDecoderTraining(
      Architecture architecture, Tensors tensors, Parameters parameters) {
    super(parameters);
    this.architecture = architecture;
    this.tensors = tensors;
    this.parameters = parameters;
    d = architecture.width();
    int vocabulary = architecture.vocabulary();
    for (Stack stack : List.of(architecture.encoder(), architecture.decoder())) {
      parameters.get(stack.embedding(), vocabulary, d);
      Distances distances = stack.distances();
      if (distances != null) {
        parameters.get(distances.name(), distances.buckets(), stack.heads());
      }
      for (Layer layer : stack.layers()) {
        attention(layer.self(), stack.attentionWidth());
        if (layer.cross() != null) {
          attention(layer.cross(), stack.attentionWidth());
        }
        norm(layer.maps().norm());
        layer.maps().expansions().forEach(name -> map(name, d, stack.inner()));
        map(layer.maps().contraction(), stack.inner(), d);
      }
      if (stack.finalNorm() != null) {
        norm(stack.finalNorm());
      }
    }
    parameters.get(architecture.head(), vocabulary, d);
    String bias = architecture.headBias();
    headBias =
        bias == null || !tensors.has(bias)
            ? null
            : Tensor.constant(tensors.get(bias, 1, vocabulary), 1, vocabulary);
  }

  private void attention(Attention part, int width) {
    norm(part.norm());
    map(part.queries(), d, width);
    map(part.keys(), d, width);
    map(part.values(), d, width);
    map(part.output(), width, d);
  }

  private void norm(String name) {
    parameters.get(name + ".weight", d);
    if (architecture.normAfter()) {
      parameters.get(name + ".bias", d);
    }
  }

  private void map(String name, int in, int out) {
    parameters.get(name + ".weight", out, in);
    if (architecture.normAfter()) {
      parameters.get(name + ".bias", out);
    }
  }

  @Override
  public float step(int[][] sources, int[][] labels) {
    int batch = sources.length;
    if (batch == 0 || labels.length != batch) {
      throw new IllegalArgumentException(
          "labels (" + labels.length + ") must be as many as sources (" + batch + "), not 0");
    }
    int[] read = flat("source", sources);
    int[] targets = flat("labels", labels);
    int length = targets.length / batch;
    int[] inputs = new int[targets.length];
    for (int i = 0; i < targets.length; i++) {
      inputs[i] = i % length == 0 ? architecture.start() : targets[i - 1];
    }
    for (int i = 0; i < targets.length; i++) {
      inputs[i] = inputs[i] == IGNORED ? architecture.padding() : inputs[i];
      targets[i] = targets[i] == IGNORED ? CrossEntropy.IGNORED : targets[i];
    }
    return step(tape -> CrossEntropy.apply(tape, logits(tape, read, inputs, batch), targets));
  }

  /** Joins rows, which have to be of one length and hold tokens, labels also ignored ones. */
  private int[] flat(String name, int[][] rows) {
    int length = rows[0].length;
    if (length < 1 || length > architecture.positions()) {
      throw new IllegalArgumentException(
          name + " length (" + length + ") must be in 1.." + architecture.positions());
    }
    int[] all = new int[Math.multiplyExact(rows.length, length)];
    for (int b = 0; b < rows.length; b++) {
      if (rows[b].length != length) {
        throw new IllegalArgumentException(
            name
                + " row "
                + b
                + " (length "
                + rows[b].length
                + ") must be as long as row 0 ("
                + length
                + ")");
      }
      for (int i = 0; i < length; i++) {
        int token = rows[b][i];
        if (token != IGNORED || name.equals("source")) {
          Tokens.check(token, architecture.vocabulary());
        }
        all[b * length + i] = token;
      }
    }
    return all;
  }

  private Tensor logits(Tape tape, int[] source, int[] target, int batch) {
    Stack encoder = architecture.encoder();
    Stack decoder = architecture.decoder();
    Tensor encoded = run(tape, encoder, source, batch, null);
    Tensor x = run(tape, decoder, target, batch, encoded);
    if (architecture.outputScale() != 1) {
      x = Elementwise.scale(tape, x, architecture.outputScale());
    }
    return Affine.ofRows(tape, x, parameters.find(architecture.head()), headBias);
  }

  private Tensor run(Tape tape, Stack stack, int[] tokens, int batch, Tensor encoded) {
    int length = tokens.length / batch;
    Tensor x = embedded(tape, stack, tokens, length);
    Distances distances = stack.distances();
    Tensor bias =
        distances == null
            ? null
            : BucketBias.apply(
                tape,
                parameters.find(distances.name()),
                RelativePositions.buckets(
                    length, encoded == null, distances.buckets(), distances.farthest()));
    for (Layer layer : stack.layers()) {
      x = attended(tape, stack, layer.self(), x, null, bias, batch, encoded != null);
      if (layer.cross() != null) {
        x = attended(tape, stack, layer.cross(), x, encoded, null, batch, false);
      }
      x = mapped(tape, layer.maps(), x);
    }
    return stack.finalNorm() == null ? x : normed(tape, stack.finalNorm(), x);
  }

  private Tensor embedded(Tape tape, Stack stack, int[] tokens, int length) {
    Tensor table = parameters.find(stack.embedding());
    // The reference's embeddings of this kind learn nothing from padding.
    int frozen = architecture.normAfter() ? architecture.padding() : -1;
    Tensor x = Embedding.apply(tape, table, tokens, frozen);
    if (architecture.embeddingScale() != 1) {
      x = Elementwise.scale(tape, x, architecture.embeddingScale());
    }
    return stack.positions() == null
        ? x
        : Elementwise.add(tape, x, positions(stack, tokens.length, length));
  }

  /** Returns the position embeddings of a batch, one sequence below the other. */
  private Tensor positions(Stack stack, int rows, int length) {
    Positions known = positions.get(stack.positions());
    if (known == null || known.length() != length || known.rows().rows() != rows) {
      float[] table =
          tensors.has(stack.positions())
              ? tensors.get(stack.positions(), architecture.positions(), d)
              : Sinusoids.rows(length, d);
      float[] all = new float[Math.multiplyExact(rows, d)];
      for (int row = 0; row < rows; row += length) {
        System.arraycopy(table, 0, all, row * d, length * d);
      }
      known = new Positions(length, Tensor.constant(all, rows, d));
      positions.put(stack.positions(), known);
    }
    return known.rows();
  }

  /**
   * Runs an attention part.
   *
   * @param other what keys and values are made of; null for x itself
   */
  private Tensor attended(
      Tape tape,
      Stack stack,
      Attention part,
      Tensor x,
      Tensor other,
      Tensor bias,
      int batch,
      boolean causal) {
    Tensor read = before(tape, part.norm(), x);
    Tensor from = other == null ? read : other;
    Tensor mixed =
        CrossAttention.apply(
            tape,
            new CrossAttention.Form(stack.heads(), stack.headWidth(), stack.scale(), causal),
            new Columns(map(tape, part.queries(), read), 0),
            new Columns(map(tape, part.keys(), from), 0),
            new Columns(map(tape, part.values(), from), 0),
            batch,
            bias);
    return added(tape, part.norm(), x, map(tape, part.output(), mixed));
  }

  private Tensor mapped(Tape tape, Maps part, Tensor x) {
    Tensor read = before(tape, part.norm(), x);
    Activation activation = architecture.feedForward().activation();
    Tensor hidden = activation.apply(tape, map(tape, part.expansions().get(0), read));
    if (architecture.feedForward().gated()) {
      hidden = Elementwise.multiply(tape, hidden, map(tape, part.expansions().get(1), read));
    }
    return added(tape, part.norm(), x, map(tape, part.contraction(), hidden));
  }

  private Tensor before(Tape tape, String norm, Tensor x) {
    return architecture.normAfter() ? x : normed(tape, norm, x);
  }

  private Tensor added(Tape tape, String norm, Tensor x, Tensor update) {
    Tensor sum = Elementwise.add(tape, x, update);
    return architecture.normAfter() ? normed(tape, norm, sum) : sum;
  }

  private Tensor normed(Tape tape, String name, Tensor x) {
    Tensor gain = parameters.find(name + ".weight");
    return architecture.normAfter()
        ? Normalise.layer(tape, x, gain, parameters.find(name + ".bias"), architecture.epsilon())
        : Normalise.rms(tape, x, gain, architecture.epsilon());
  }

  private Tensor map(Tape tape, String name, Tensor x) {
    Tensor bias = architecture.normAfter() ? parameters.find(name + ".bias") : null;
    return Affine.ofRows(tape, x, parameters.find(name + ".weight"), bias);
  }
}
