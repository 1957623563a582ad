import type { Command } from 'commander';

import { ConfigError } from '../../core/errors.js';
import type { CliContext } from '../context.js';
import type { Diagnosis } from '../doctor/check.js';
import { EXIT } from '../exit-codes.js';
import { alignColumns, type Output } from '../output.js';

/** `swing doctor`. */
export function register(program: Command, context: CliContext): void {
  program
    .command('doctor')
    .description('tell what is there, what is not, and how to mend it')
    .option('--json', 'print one JSON document')
    .action(async (options: { readonly json?: boolean }) => {
      const [{ diagnose }, { CHECKS }] = await Promise.all([import('../doctor/check.js'), import('../doctor/registry.js')]);
      const { cwd, env, clock, signal, output } = context;
      const config = await context.loadConfig().catch((error: unknown) => {
        if (error instanceof ConfigError) return error;
        throw error;
      });
      const diagnoses = await diagnose(CHECKS, { cwd, env, clock, signal, config });
      const failed = diagnoses.filter(({ required, state }) => required && state === 'missing');
      if (options.json === true) output.json({ ok: failed.length === 0, checks: diagnoses });
      else print(diagnoses, failed, output);
      if (failed.length > 0) context.exitWith(EXIT.findings);
    });
}

function print(diagnoses: readonly Diagnosis[], failed: readonly Diagnosis[], output: Output): void {
  const rows = diagnoses.map(({ name, state, found }) => [state, name, firstLine(found)]);
  alignColumns(rows).forEach((line, index) => {
    output.line(line);
    const { mend, found } = diagnoses[index];
    for (const more of found.split('\n').slice(1)) output.line(`           ${more}`);
    if (mend !== '') output.line(`           → ${mend}`);
  });
  output.line();
  output.line(failed.length === 0 ? 'All that is required is there.' : `To be mended: ${failed.map(({ name }) => name).join(', ')}.`);
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0];
}
