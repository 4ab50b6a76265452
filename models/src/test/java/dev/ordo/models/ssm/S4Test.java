package dev.ordo.models.ssm;

import dev.ordo.models.RecurrentContract;

/** The reference has no model, only a block: see {@link S4BlockTest}. */
class S4Test extends RecurrentContract {

  S4Test() {
    super(new S4Provider());
  }
}
