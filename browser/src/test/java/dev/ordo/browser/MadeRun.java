package dev.ordo.browser;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Writes a run that nobody measured: four models, all phases, one and two threads, and gaps. */
final class MadeRun {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> PHASES = List.of("TRAIN", "PREFILL", "DECODE", "GENERATE");
  private static final List<Integer> LENGTHS = List.of(64, 128, 256, 512, 1024);
  private static final int FORKS = 3;

  private final SplittableRandom random = new SplittableRandom(11);
  private final Names names;

  private MadeRun(Names names) {
    this.names = names;
  }

  /** Writes the journal and the facts about the host. */
  static void write(Path folder, Names names) throws IOException {
    Files.createDirectories(folder);
    MadeRun run = new MadeRun(names);
    List<String> lines = new ArrayList<>();
    for (ObjectNode entry : run.entries()) {
      lines.add(JSON.writeValueAsString(entry));
    }
    Files.write(folder.resolve("journal.jsonl"), lines);
    Map<String, String> host = new LinkedHashMap<>();
    host.put("cpu", names.word(0));
    host.put("logicalCores", "2");
    for (int i = 1; i < names.words().size(); i++) {
      host.put(names.word(i), names.word(i + 1));
    }
    JSON.writeValue(folder.resolve("host.json").toFile(), host);
  }

  private List<ObjectNode> entries() {
    List<ObjectNode> entries = new ArrayList<>();
    entries.add(start());
    for (int model = 0; model < names.models().size(); model++) {
      for (String phase : PHASES) {
        for (int length : LENGTHS) {
          for (int threads = 1; threads <= 2; threads++) {
            for (int fork = 0; fork < FORKS; fork++) {
              entries.add(fork(model, phase, length, threads));
            }
          }
        }
      }
    }
    entries.add(failed(0, "GENERATE"));
    entries.add(leftOut(1, "GENERATE"));
    return entries;
  }

  private ObjectNode start() {
    ObjectNode start = JSON.createObjectNode().put("type", "start").put("ordo", names.word(3));
    start.put("started", names.word(4));
    start.set("models", JSON.valueToTree(names.models()));
    start.set("phases", JSON.valueToTree(PHASES));
    start.set("lengths", JSON.valueToTree(LENGTHS));
    start.set("threads", JSON.valueToTree(List.of(1, 2)));
    start.put("shape", "d=64,layers=2,heads=4,state=16,vocab=256");
    start.put("seed", 1).put("budgetMillis", 60_000).put("forks", FORKS);
    start.put("checkpoint", names.word(5));
    return start;
  }

  private ObjectNode entry(String type, int model, String phase, int length, int threads) {
    ObjectNode entry = JSON.createObjectNode().put("type", type);
    entry
        .putObject("cell")
        .put("model", names.models().get(model))
        .put("phase", phase)
        .put("length", length)
        .put("threads", threads);
    return entry;
  }

  private ObjectNode fork(int model, String phase, int length, int threads) {
    ObjectNode fork = entry("fork", model, phase, length, threads);
    plan(fork);
    jvm(fork);
    double nanos = nanos(model, phase, length) / (threads == 2 ? 1.6 - 0.2 * model : 1);
    double level = nanos * (1 + 0.02 * random.nextDouble(-1, 1));
    for (int i = 0; i < 3; i++) {
      fork.withArray("nanosPerOp").add(level * (1 + 0.01 * random.nextDouble(-1, 1)));
    }
    ObjectNode secondary = fork.putObject("secondary");
    metric(secondary, "state.bytes", "B", model < 2 ? 512.0 * length : 16_384);
    metric(secondary, "gc.alloc.rate.norm", "B/op", 64 + 4.0 * length);
    return fork.put("steady", true);
  }

  private static void metric(ObjectNode secondary, String name, String unit, double value) {
    ObjectNode metric = secondary.putObject(name).put("unit", unit);
    for (int i = 0; i < 3; i++) {
      metric.withArray("values").add(value);
    }
  }

  private ObjectNode failed(int model, String phase) {
    ObjectNode fork = entry("fork", model, phase, 2048, 1);
    plan(fork);
    fork.putArray("nanosPerOp");
    fork.putObject("secondary");
    fork.putObject("failure").put("kind", "threw").put("reason", names.word(6));
    return fork;
  }

  private ObjectNode leftOut(int model, String phase) {
    return entry("left-out", model, phase, 2048, 1)
        .put("predictedNanos", 3e9)
        .put("reason", names.word(7));
  }

  private void plan(ObjectNode fork) {
    fork.put("round", 1).put("started", "2026-01-01T00:00:00Z").put("wallMillis", 900);
    fork.putObject("plan").put("warmups", 1).put("iterations", 3).put("iterationMillis", 40);
  }

  private void jvm(ObjectNode fork) {
    ObjectNode jvm = fork.putObject("jvm").put("path", names.word(1));
    jvm.putArray("args").add(names.word(2));
    jvm.put("jdkVersion", names.word(3)).put("vmName", names.word(0));
    jvm.put("vmVersion", names.word(4));
  }

  /** Returns a cost that attention and recurrence might have, in nanoseconds. */
  private static double nanos(int model, String phase, int length) {
    double pace = 1 + 0.4 * model;
    boolean attention = model < 2;
    return pace
        * switch (phase) {
          case "DECODE" -> attention ? 20_000 + 60.0 * length : 20_000;
          case "GENERATE" ->
              attention ? 20_000.0 * length + 30.0 * length * length : 20_000.0 * length;
          case "TRAIN" ->
              attention ? 60_000.0 * length + 50.0 * length * length : 90_000.0 * length;
          default -> attention ? 20_000.0 * length + 25.0 * length * length : 30_000.0 * length;
        };
  }
}
