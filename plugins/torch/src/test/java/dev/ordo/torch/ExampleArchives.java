package dev.ordo.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the archives in {@code docs/examples}, with random weights. */
final class ExampleArchives {

  private static final int WIDTH = 32;
  private static final int TOKENS = 256;

  private ExampleArchives() {}

  /** Writes the files into a folder. */
  public static void main(String[] args) throws IOException {
    for (Map.Entry<String, byte[]> model : all().entrySet()) {
      Files.write(Path.of(args[0], model.getKey()), model.getValue());
    }
  }

  /** Returns the files by name. */
  static Map<String, byte[]> all() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("sums.pt", sums());
    files.put("elman.pt", elman());
    return files;
  }

  /** Logits from the sum of the embeddings so far; keeps nothing. */
  private static byte[] sums() {
    return new ArchiveWriter("Sums")
        .parameter("embedding", TOKENS, WIDTH)
        .parameter("hidden", WIDTH, WIDTH)
        .parameter("head", WIDTH, TOKENS)
        .file(
            """
            tokens: Tensor) -> Tensor:
            x = torch.embedding(self.embedding, tokens)
            mixed = torch.matmul(torch.cumsum(x, 1), self.hidden)
            return torch.matmul(torch.tanh(mixed), self.head)
            """);
  }

  /** An Elman network over rows of eight numbers that returns its state and takes it back in. */
  private static byte[] elman() {
    return new ArchiveWriter("Elman")
        .parameter("w", 8, WIDTH)
        .parameter("r", WIDTH, WIDTH)
        .file(
            """
            x: Tensor,
            h: Optional[Tensor]=None) -> Tuple[Tensor, Tensor]:
            if torch.__is__(h, None):
              state = torch.zeros([1, 32])
            else:
              state = unchecked_cast(Tensor, h)
            rows = annotate(List[Tensor], [])
            inputs = torch.matmul(x, self.w)
            for t in range(torch.size(x, 1)):
              state = torch.tanh(torch.add(torch.select(inputs, 1, t), torch.matmul(state, self.r)))
              _0 = torch.append(rows, state)
            return (torch.stack(rows, 1), state)
            """);
  }
}
