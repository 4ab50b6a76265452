package dev.ordo.torch;

import dev.ordo.models.ModelProvider;
import dev.ordo.models.ModelSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks into TorchScript archives; {@code --torchscript} needs it. */
public final class TorchSource implements ModelSource {

  private static final Pattern FEATURES = Pattern.compile("features=([1-9][0-9]{0,5})");

  @Override
  public String format() {
    return "torchscript";
  }

  @Override
  public ModelProvider open(String id, Path file, String options) throws IOException {
    Matcher features = FEATURES.matcher(options);
    if (!options.isEmpty() && !features.matches()) {
      throw new IllegalArgumentException(
          "--torchscript "
              + file
              + " must have no option but features=N, N in 1..999999, found '"
              + options
              + "'");
    }
    int width = options.isEmpty() ? 0 : Integer.parseInt(features.group(1));
    return new TorchProvider(id, file, width, Forward.of(file));
  }
}
