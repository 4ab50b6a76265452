package dev.ordo.harness.sweep;

import java.io.IOException;

/** Takes what a campaign finds out, one entry after the other. */
interface Ledger {

  /**
   * Appends an entry; when this returns, it is kept.
   *
   * @throws IOException if it cannot be kept
   */
  void append(Entry entry) throws IOException;
}
