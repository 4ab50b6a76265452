package dev.ordo.harness.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Checks that a run can go on here, so that all its forks measure the same thing. */
final class Resumable {

  private Resumable() {}

  /**
   * Checks a journal against this program and its Java machines.
   *
   * @param directory the run
   * @param entries the entries of its journal
   * @param version the version of Ordo
   * @throws IOException if the run is merged, its journal is too old, another version of Ordo wrote
   *     it, or a Java machine or a file with models is gone or has changed
   */
  static void check(RunDirectory directory, List<Entry> entries, String version)
      throws IOException {
    Entry.Start start = (Entry.Start) entries.get(0);
    String where = "the run in " + directory.path() + " cannot go on: ";
    if (entries.stream().anyMatch(Entry.Part.class::isInstance)) {
      throw new IOException(where + "it was merged from others");
    }
    if (start.format() < Entry.FORMAT) {
      throw new IOException(
          where
              + "its journal has format "
              + start.format()
              + ", which does not say enough about the run; 'ordo analyze' reads it");
    }
    if (!version.equals(start.ordo())) {
      throw new IOException(where + "ordo " + start.ordo() + " began it, this is ordo " + version);
    }
    for (ForkJvm then : start.dimensions().jvms()) {
      ForkJvm now =
          then.unnamed()
              ? ForkJvm.running()
              : JvmProbe.all(List.of(then.name() + "=" + then.launcher())).get(0);
      if (!now.version().equals(then.version()) || !now.vm().equals(then.vm())) {
        throw new IOException(
            where
                + "it was begun on "
                + then.vm()
                + " "
                + then.version()
                + ", this is "
                + now.vm()
                + " "
                + now.version());
      }
    }
    for (Map.Entry<String, String> file :
        Objects.requireNonNullElse(start.files(), Map.<String, String>of()).entrySet()) {
      Path path = Path.of(file.getKey());
      if (!Files.isRegularFile(path)) {
        throw new IOException(where + path + " is gone");
      }
      String found = Fingerprint.of(path);
      if (!found.equals(file.getValue())) {
        throw new IOException(
            where
                + path
                + " has changed since it began (SHA-256: expected "
                + file.getValue()
                + ", found "
                + found
                + ")");
      }
    }
  }

  /**
   * Checks the machine.
   *
   * @param directory the run
   * @param measured whether forks were finished
   * @param now the facts about this host
   * @throws IOException if the run was begun on another host, or does not say where
   */
  static void checkHost(RunDirectory directory, boolean measured, Map<String, String> now)
      throws IOException {
    Map<String, String> then = directory.host();
    String where = "the run in " + directory.path() + " cannot go on: ";
    if (then.isEmpty()) {
      if (measured) {
        throw new IOException(where + Host.FILE + " is missing, which tells where it was begun");
      }
      return;
    }
    Optional<String> other = Host.difference(then, now);
    if (other.isPresent()) {
      throw new IOException(
          where
              + "it was begun on another host ("
              + other.get()
              + "), and a fit never mixes hosts; measure anew with --out");
    }
  }
}
