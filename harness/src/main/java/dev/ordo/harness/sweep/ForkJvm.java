package dev.ordo.harness.sweep;

import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A Java machine that forks run on.
 *
 * @param name how it is called in results, usually its version; empty where it is the one that runs
 *     the program and was not asked for
 * @param launcher the {@code java} program
 * @param version its version, as it says
 * @param vm the name of its virtual machine
 * @param vectors whether it has the module {@value #VECTOR_MODULE}
 */
public record ForkJvm(String name, String launcher, String version, String vm, boolean vectors) {

  /** The module that makes the built-in models fast. */
  static final String VECTOR_MODULE = "jdk.incubator.vector";

  /** Checks that every part is there. */
  public ForkJvm {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(launcher, "launcher");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(vm, "vm");
  }

  /** Returns the one that runs this program, without a name. */
  public static ForkJvm running() {
    return new ForkJvm(
        "",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        System.getProperty("java.version"),
        System.getProperty("java.vm.name"),
        ModuleFinder.ofSystem().find(VECTOR_MODULE).isPresent());
  }

  /** Returns whether it is the one that runs the program and was not asked for. */
  boolean unnamed() {
    return name.isEmpty();
  }

  /** Returns whether it knows the arguments of HotSpot, as all but few do. */
  boolean hotSpot() {
    return !vm.contains("OpenJ9");
  }

  /** Returns the same machine under a name. */
  ForkJvm named(String otherName) {
    return new ForkJvm(otherName, launcher, version, vm, vectors);
  }
}
