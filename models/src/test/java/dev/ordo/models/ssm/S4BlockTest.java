package dev.ordo.models.ssm;

class S4BlockTest extends S4BlockContract {

  S4BlockTest() {
    super("s4", true);
  }
}
