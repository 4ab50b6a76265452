package dev.ordo.harness.cli;

import dev.ordo.harness.revision.Repository;
import dev.ordo.harness.revision.RevisionBuild;
import dev.ordo.harness.sweep.PairedRun.Side;
import dev.ordo.models.Models;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** The options that say what is measured against what: two jars, or two revisions to build. */
final class Sides {

  private static final String BASE = "base";
  private static final String CANDIDATE = "candidate";

  @Option(
      names = "--base",
      paramLabel = "JAR|REV",
      required = true,
      description = "What to compare with: a jar with models, or with --build a git revision.")
  private String base;

  @Option(
      names = "--candidate",
      paramLabel = "JAR|REV",
      required = true,
      description = "What to compare: a jar with models of the same ids, or a git revision.")
  private String candidate;

  @Option(
      names = "--build",
      paramLabel = "COMMAND",
      description =
          "Builds a revision, in a shell, in a temporary git worktree of it; for example 'mvn -q"
              + " package'.")
  private String build;

  @Option(
      names = "--jar",
      paramLabel = "PATH",
      description =
          "The jar that the build makes, from the top of the revision; its name may have * in it.")
  private String jar;

  @Option(
      names = "--repo",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "The git repository of the revisions. Default: the current folder.")
  private Path repo;

  /** What is to be done before two jars can be measured. */
  interface Plan {

    /**
     * Does it.
     *
     * @param folder takes jars and logs
     * @param err is told what goes on
     * @throws IOException if something fails
     */
    Built build(Path folder, PrintWriter err) throws IOException;
  }

  /**
   * Two jars.
   *
   * @param note what they have to do with each other, if anything
   */
  record Built(Side base, Side candidate, Optional<String> note) {

    /**
     * Returns what is measured of both.
     *
     * @param named the models asked for; if empty, all that the jars bring and share
     * @throws IllegalArgumentException if a model is missing on a side, or there is none on both
     */
    Common common(List<String> named) {
      TreeSet<String> builtIn = new TreeSet<>(builtIn());
      List<String> ours = own(base, builtIn);
      List<String> theirs = own(candidate, builtIn);
      List<String> remarks = new ArrayList<>(note.stream().toList());
      if (!named.isEmpty()) {
        named.forEach(base.models()::get);
        named.forEach(candidate.models()::get);
        return new Common(named, remarks);
      }
      List<String> shared = ours.stream().filter(theirs::contains).toList();
      if (shared.isEmpty()) {
        throw new IllegalArgumentException(
            "base and candidate must have a model in common, found "
                + ours
                + " in the base and "
                + theirs
                + " in the candidate");
      }
      List<String> gone = ours.stream().filter(id -> !theirs.contains(id)).toList();
      if (!gone.isEmpty()) {
        throw new IllegalArgumentException(
            "models "
                + gone
                + " must be in the candidate too, found only "
                + theirs
                + "; name those to compare with --models");
      }
      List<String> added = theirs.stream().filter(id -> !ours.contains(id)).toList();
      if (!added.isEmpty()) {
        remarks.add("Only in the candidate, and not compared: " + String.join(", ", added) + ".");
      }
      return new Common(shared, remarks);
    }

    private static List<String> builtIn() {
      return Models.load(Sides.class.getClassLoader()).ids();
    }

    private static List<String> own(Side side, TreeSet<String> builtIn) {
      return side.models().ids().stream().filter(id -> !builtIn.contains(id)).toList();
    }
  }

  /**
   * What is measured of two jars.
   *
   * @param models ids
   * @param remarks for the report, in plain sentences
   */
  record Common(List<String> models, List<String> remarks) {}

  /**
   * Checks the options.
   *
   * @throws IOException if a jar, the repository or a revision is not there
   * @throws IllegalArgumentException if options do not go together, or a jar is none
   */
  Plan plan() throws IOException {
    if (build == null && jar == null) {
      return jars();
    }
    if (build == null || jar == null) {
      throw new IllegalArgumentException(
          "--build and --jar must be given together: how a revision is built, and what that makes");
    }
    Repository repository = Repository.of(repo);
    RevisionBuild how = new RevisionBuild(repository, build, jar);
    String from = repository.commit(BASE, base);
    String to = repository.commit(CANDIDATE, candidate);
    return (folder, err) -> revisions(how, from, to, folder, err);
  }

  private Plan jars() throws IOException {
    Path first = Path.of(base).toAbsolutePath().normalize();
    Path second = Path.of(candidate).toAbsolutePath().normalize();
    Built built =
        new Built(
            side(BASE, base, first),
            side(CANDIDATE, candidate, second),
            Files.mismatch(first, second) < 0
                ? Optional.of("Base and candidate are the same: any difference is chance.")
                : Optional.empty());
    return (folder, err) -> built;
  }

  private static Side side(String which, String name, Path jar) {
    if (!Files.exists(jar)) {
      throw new IllegalArgumentException(
          which + " " + name + " must be a jar, found no such file (a revision needs --build)");
    }
    return new Side(name, jar, Plugins.models(List.of(jar)));
  }

  private Built revisions(RevisionBuild how, String from, String to, Path folder, PrintWriter err)
      throws IOException {
    Path first = folder.resolve("base.jar");
    Path second = folder.resolve("candidate.jar");
    build(how, BASE, base, from, first, err);
    boolean same = from.equals(to);
    if (same) {
      Files.copy(first, second);
    } else {
      build(how, CANDIDATE, candidate, to, second, err);
    }
    return new Built(
        side(BASE, named(base, from), first),
        side(CANDIDATE, named(candidate, to), second),
        same
            ? Optional.of("Base and candidate are the same commit: any difference is chance.")
            : Optional.empty());
  }

  private static void build(
      RevisionBuild how, String side, String revision, String commit, Path jar, PrintWriter err)
      throws IOException {
    err.println("building " + side + " " + named(revision, commit));
    how.run(side, commit, jar, jar.resolveSibling("build-" + side + ".log"));
  }

  private static String named(String revision, String commit) {
    String id = commit.substring(0, 10);
    return commit.startsWith(revision) ? id : revision + " (" + id + ")";
  }
}
