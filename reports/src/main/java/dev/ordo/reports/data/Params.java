package dev.ordo.reports.data;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The few parameters of one cell in the order of the file: two arrays, since a file may have a
 * million cells; the names are shared among them.
 */
final class Params extends AbstractMap<String, String> {

  private final String[] names;
  private final String[] values;

  /** Makes a map of both arrays, which are not copied; names are distinct. */
  Params(String[] names, String[] values) {
    this.names = names;
    this.values = values;
  }

  @Override
  public String get(Object name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        return values[i];
      }
    }
    return null;
  }

  @Override
  public boolean containsKey(Object name) {
    return get(name) != null;
  }

  @Override
  public int size() {
    return names.length;
  }

  @Override
  public Set<Map.Entry<String, String>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<String, String>> iterator() {
        return new Entries();
      }

      @Override
      public int size() {
        return names.length;
      }
    };
  }

  private final class Entries implements Iterator<Map.Entry<String, String>> {

    private int next;

    @Override
    public boolean hasNext() {
      return next < names.length;
    }

    @Override
    public Map.Entry<String, String> next() {
      if (!hasNext()) {
        throw new NoSuchElementException("there are " + names.length + " parameters");
      }
      int index = next++;
      return Map.entry(names[index], values[index]);
    }
  }
}
