package dev.ordo.reports.data;

/** Says in one line why no parameter of a file can serve as the size, and what to do about it. */
public final class SizeParameterException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception with one line of text. */
  public SizeParameterException(String message) {
    super(message);
  }
}
