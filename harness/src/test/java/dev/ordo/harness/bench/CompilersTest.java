package dev.ordo.harness.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class CompilersTest {

  @Test
  void tellsThatThisJvmHasCompiledSomething() {
    LongSupplier nanos = Compilers.nanos();

    assertThat(nanos.getAsLong()).isPositive();
  }
}
