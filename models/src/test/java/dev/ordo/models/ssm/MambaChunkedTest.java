package dev.ordo.models.ssm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.models.Cost;
import dev.ordo.models.Golden;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import dev.ordo.models.RecurrentContract;
import dev.ordo.models.Tokens;
import dev.ordo.models.checkpoint.Checkpoint;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class MambaChunkedTest extends RecurrentContract {

  MambaChunkedTest() {
    super(new MambaChunkedProvider());
  }

  @Test
  void equalsTheReference() throws IOException {
    Checkpoint checkpoint = Checkpoint.open(Golden.folder("mamba"));
    assertEqualsReference(Golden.load("mamba"), new MambaChunkedProvider().load(checkpoint));
  }

  @Test
  void equalsTheSequentialScanOverManyChunks() {
    int[] tokens = Tokens.random(300, 256, 4);
    float[] chunked = new float[300 * 256];
    float[] sequential = new float[300 * 256];
    new MambaChunkedProvider().create(ModelShape.DEFAULT, 1).open(300).score(tokens, chunked);
    new MambaProvider().create(ModelShape.DEFAULT, 1).open(300).score(tokens, sequential);
    Golden.assertClose(chunked, sequential, 1e-5);
  }

  @Test
  void chunksTakeMoreWorkInAShorterChain() {
    Cost chunked = MambaCost.of(ModelShape.DEFAULT, true).of(Phase.PREFILL);
    Cost sequential = MambaCost.of(ModelShape.DEFAULT, false).of(Phase.PREFILL);
    assertThat(chunked.flops().at(1000)).isGreaterThan(sequential.flops().at(1000));
    assertThat(sequential.span().at(1000)).isEqualTo(1001);
    assertThat(chunked.span().at(1000)).isEqualTo(2 * 32 + 2 + 31);
    assertThat(chunked.span().at(32)).isEqualTo(64);
  }
}
