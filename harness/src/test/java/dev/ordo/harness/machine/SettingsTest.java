package dev.ordo.harness.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

  private static final String CPUS = "sys/devices/system/cpu/";

  @TempDir private Path root;

  private Settings settings() {
    return new Settings(new SystemFiles(root));
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void knowsNothingOfASystemWithoutSuchFiles() {
    assertThat(settings().checks())
        .isNotEmpty()
        .allSatisfy(check -> assertThat(check.level()).isEqualTo(Check.Level.UNKNOWN));
    assertThat(settings().throttles()).isEmpty();
    assertThat(new SystemFiles(root).cpuTimes()).isEmpty();
    assertThat(new SystemFiles(root).load()).isEmpty();
    assertThat(new SystemFiles(root).processes()).isEmpty();
  }

  @Test
  void warnsOfGovernorsThatChangeTheClock() throws IOException {
    write(CPUS + "cpu0/cpufreq/scaling_governor", "performance\n");
    assertThat(settings().governor().level()).isEqualTo(Check.Level.OK);

    write(CPUS + "cpu1/cpufreq/scaling_governor", "powersave\n");
    assertThat(settings().governor().level()).isEqualTo(Check.Level.WARN);
    assertThat(settings().governor().found()).contains("performance", "powersave");
  }

  @Test
  void readsTurboOfBothKindsOfDrivers() throws IOException {
    write(CPUS + "cpufreq/boost", "0");
    assertThat(settings().turbo().level()).isEqualTo(Check.Level.OK);

    write(CPUS + "intel_pstate/no_turbo", "0");
    assertThat(settings().turbo().level()).isEqualTo(Check.Level.WARN);
    assertThat(settings().turbo().advice()).contains("echo 1 > /sys/devices/system/cpu/intel");
  }

  @Test
  void warnsOfHardwareThreads() throws IOException {
    write(CPUS + "smt/active", "1\n");

    assertThat(settings().smt().level()).isEqualTo(Check.Level.WARN);
  }

  @Test
  void warnsOfSwapThatIsUsedAndOfLittleMemory() throws IOException {
    write("proc/meminfo", "MemTotal: 8000000 kB\nMemAvailable: 4000000 kB\nSwapTotal: 0 kB\n");
    assertThat(settings().memory().found()).isEqualTo("3.8 GiB free, no swap");
    assertThat(settings().memory().level()).isEqualTo(Check.Level.OK);

    write("proc/meminfo", "MemAvailable: 4000000 kB\nSwapTotal: 2097152 kB\nSwapFree: 1048576 kB");
    assertThat(settings().memory().level()).isEqualTo(Check.Level.WARN);
    assertThat(settings().memory().found()).contains("swap 1.0 GiB of 2.0 GiB used");

    write("proc/meminfo", "MemAvailable: 400000 kB\nSwapTotal: 0 kB");
    assertThat(settings().memory().level()).isEqualTo(Check.Level.WARN);
  }

  @Test
  void readsWhichHugePagesAreChosen() throws IOException {
    write("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
    assertThat(settings().hugePages()).isEqualTo(Check.ok("huge pages", "madvise"));

    write("sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never\n");
    assertThat(settings().hugePages().level()).isEqualTo(Check.Level.WARN);
  }

  @Test
  void noticesAVirtualMachine() throws IOException {
    write("proc/cpuinfo", "processor\t: 0\nflags\t\t: fpu vme hypervisor lahf_lm\n");
    write("sys/class/dmi/id/sys_vendor", "QEMU\n");
    assertThat(settings().virtual().found()).isEqualTo("virtual machine QEMU");

    write("proc/cpuinfo", "processor\t: 0\nflags\t\t: fpu vme lahf_lm\n");
    assertThat(settings().virtual().level()).isEqualTo(Check.Level.OK);
  }

  @Test
  void sumsThrottlingsOfAllProcessors() throws IOException {
    write(CPUS + "cpu0/thermal_throttle/core_throttle_count", "3\n");
    write(CPUS + "cpu1/thermal_throttle/core_throttle_count", "4\n");

    assertThat(settings().throttles()).isEqualTo(OptionalLong.of(7));
  }

  @Test
  void readsTheLoad() {
    assertThat(SystemFiles.load("1.25 0.50 0.10 2/345 6789")).isEqualTo(OptionalDouble.of(1.25));
    assertThat(SystemFiles.load("much")).isEmpty();
  }
}
