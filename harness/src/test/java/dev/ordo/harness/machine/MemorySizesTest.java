package dev.ordo.harness.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemorySizesTest {

  private static final long MIB = 1L << 20;

  @TempDir private Path root;

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void cpu(int number, String third, String sharers) throws IOException {
    String cache = "sys/devices/system/cpu/cpu" + number + "/cache/";
    write(cache + "index2/size", "1024K\n");
    write(cache + "index2/shared_cpu_list", number + "\n");
    write(cache + "index3/size", third + "\n");
    write(cache + "index3/shared_cpu_list", sharers + "\n");
  }

  private MemorySizes sizes(OptionalLong allowed) {
    return MemorySizes.of(new SystemFiles(root), allowed);
  }

  @Test
  void walksOverFourTimesAllLastCaches() throws IOException {
    for (int cpu = 0; cpu < 4; cpu++) {
      cpu(cpu, "32768K", cpu < 2 ? "0-1" : "2-3");
    }
    write("proc/meminfo", "MemAvailable: 16000000 kB\n");
    assertThat(sizes(OptionalLong.empty())).isEqualTo(new MemorySizes(4 * 2 * 32 * MIB, MIB / 2));
  }

  @Test
  void takesNoMoreThanAQuarterOfWhatIsFreeOrAllowed() throws IOException {
    cpu(0, "266240K", "0");
    write("proc/meminfo", "MemAvailable: 2097152 kB\n");
    assertThat(sizes(OptionalLong.empty()).memoryBytes()).isEqualTo(512 * MIB);
    assertThat(sizes(OptionalLong.of(1024 * MIB)).memoryBytes()).isEqualTo(256 * MIB);
    assertThat(sizes(OptionalLong.of(64 * MIB)).memoryBytes()).isEqualTo(96 * MIB);
  }

  @Test
  void takesNoMoreThanTwoGibibytes() throws IOException {
    cpu(0, "1048576K", "0");
    assertThat(sizes(OptionalLong.empty()).memoryBytes()).isEqualTo(2048 * MIB);
  }

  @Test
  void takesTheSecondCacheAsTheLastWhereThereIsNoThird() throws IOException {
    write("sys/devices/system/cpu/cpu0/cache/index2/size", "65536K");
    assertThat(sizes(OptionalLong.empty())).isEqualTo(new MemorySizes(256 * MIB, 32 * MIB));
  }

  @Test
  void assumesAUsualProcessorWhereTheSystemDoesNotTell() {
    assertThat(sizes(OptionalLong.empty())).isEqualTo(new MemorySizes(128 * MIB, MIB / 2));
  }
}
