package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupTest {

  @TempDir private Path root;

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text + "\n");
  }

  @Test
  void findsALimitOfAGroupAbove() throws IOException {
    write("slice/job/cpu.max", "max 100000");
    write("slice/cpu.max", "150000 100000");
    write("slice/job/memory.max", "1073741824");
    Cgroup cgroup = new Cgroup(root, List.of("0::/slice/job"));

    assertThat(cgroup.cpu()).isEqualTo("150000 100000 (" + root.resolve("slice") + ")");
    assertThat(cgroup.memory()).startsWith("1073741824 ");
  }

  @Test
  void readsTheOlderHierarchy() throws IOException {
    write("cpu/job/cpu.cfs_quota_us", "50000");
    write("memory/job/memory.limit_in_bytes", "9223372036854771712");
    Cgroup cgroup = new Cgroup(root, List.of("3:cpu,cpuacct:/job", "5:memory:/job", "0::/"));

    assertThat(cgroup.cpu()).startsWith("50000 ");
    assertThat(cgroup.memory()).isEqualTo("no limit");
  }

  @Test
  void saysThatItDoesNotKnowWhereThereAreNoGroups() {
    assertThat(new Cgroup(root, List.of()).cpu()).isEqualTo("unknown");
  }
}
