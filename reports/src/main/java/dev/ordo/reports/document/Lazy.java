package dev.ordo.reports.document;

import java.util.function.Supplier;

/** A value that is made when it is first asked for, by whichever thread asks, and then kept. */
final class Lazy<T> implements Supplier<T> {

  private final Supplier<T> source;
  private T value;

  Lazy(Supplier<T> source) {
    this.source = source;
  }

  @Override
  public synchronized T get() {
    if (value == null) {
      value = source.get();
    }
    return value;
  }
}
