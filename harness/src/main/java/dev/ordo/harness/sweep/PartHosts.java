package dev.ordo.harness.sweep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which host each series of a merged run was measured on. */
final class PartHosts {

  private final List<Map<String, String>> hosts = new ArrayList<>();
  private final Map<Cell, Integer> series = new HashMap<>();

  /**
   * Reads a journal.
   *
   * @param entries of any run; one that is not merged has one host, which needs no name
   */
  PartHosts(List<Entry> entries) {
    int now = -1;
    for (Entry entry : entries) {
      if (entry instanceof Entry.Part part) {
        now = index(part.host());
      } else if (entry instanceof Entry.Fork fork && now >= 0) {
        series.put(fork.cell().at(1), now);
      }
    }
  }

  private int index(Map<String, String> host) {
    for (int i = 0; i < hosts.size(); i++) {
      if (Host.difference(hosts.get(i), host).isEmpty()) {
        return i;
      }
    }
    hosts.add(host);
    return hosts.size() - 1;
  }

  /** Returns the name of a cell's host; nothing where there is only one. */
  Optional<String> of(Cell cell) {
    Integer index = series.get(cell.at(1));
    return index == null || hosts.size() < 2 ? Optional.empty() : Optional.of(name(index));
  }

  /** Two hosts of the same name, as containers may be, are told apart by their number. */
  private String name(int index) {
    String name = hosts.get(index).getOrDefault(Host.NAME, "unknown");
    boolean alone =
        hosts.stream().filter(host -> host.getOrDefault(Host.NAME, "unknown").equals(name)).count()
            == 1;
    return alone ? name : name + " (" + (index + 1) + ")";
  }
}
