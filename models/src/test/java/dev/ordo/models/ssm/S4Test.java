package dev.ordo.models.ssm;

import dev.ordo.models.Allocation;
import dev.ordo.models.RecurrentContract;
import org.junit.jupiter.api.Tag;

/** The reference has no model, only a block: see {@link S4BlockTest}. */
@Tag(Allocation.DOUBLES)
class S4Test extends RecurrentContract {

  S4Test() {
    super(new S4Provider());
  }
}
