import type { Command } from 'commander';

/** For a command whose subcommands have options of the same names: it takes those wherever they stand, and others would be lost on the subcommand. */
export function requireOwnOptions(group: Command, subcommand: Command): void {
  const own = new Set(subcommand.options.map(({ long }) => long));
  const idle = group.options.filter((option) => group.getOptionValueSource(option.attributeName()) === 'cli' && !own.has(option.long)).map(({ long }) => long);
  if (idle.length > 0) group.error(`error: unknown option '${idle[0]}' of ${subcommand.name()}`);
}
