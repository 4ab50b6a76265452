package dev.ordo.harness.cli;

import dev.ordo.models.ModelProvider;
import dev.ordo.models.Models;
import dev.ordo.models.Phase;
import dev.ordo.reports.text.Text;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the models that can be measured. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description = "Lists the models that can be measured, with their phases.")
final class ModelsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private Plugins plugins;
  @Mixin private GuestOptions guests;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Models models = guests.addedTo(plugins.models());
    for (String id : models.ids()) {
      ModelProvider provider = models.get(id);
      String phases =
          provider.phases().stream().sorted().map(Phase::id).collect(Collectors.joining(", "));
      out.println(id);
      Text.wrap(provider.description(), Columns.of() - 2, "")
          .forEach(line -> out.println("  " + line));
      out.println("  phases: " + phases);
    }
    return ExitCode.FINE;
  }
}
