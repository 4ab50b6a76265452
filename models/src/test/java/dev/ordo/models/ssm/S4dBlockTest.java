package dev.ordo.models.ssm;

class S4dBlockTest extends S4BlockContract {

  S4dBlockTest() {
    super("s4d", false);
  }
}
