package dev.ordo.harness.sweep;

/**
 * Measures each cell where its model lives: in a JVM under JMH, or in the process of a command.
 *
 * @param jvms measures what is no command
 * @param commands measures commands
 */
record ForksByModel(Forks jvms, CommandForks commands) implements Forks {

  private Forks of(Cell cell) {
    return commands.measures(cell) ? commands : jvms;
  }

  @Override
  public Entry.Fork run(int round, Cell cell, ForkPlan plan) {
    return of(cell).run(round, cell, plan);
  }

  @Override
  public boolean lacks(Cell cell) {
    return of(cell).lacks(cell);
  }
}
