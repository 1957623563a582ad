import { resolve } from 'node:path';

import type { Command } from 'commander';

import type { CliContext } from '../context.js';

/** `swing init`. */
export function register(program: Command, context: CliContext): void {
  program
    .command('init')
    .description('make a project folder: config.yaml, store/, runs/, notebooks/')
    .argument('[folder]', 'folder to make or to complete', '.')
    .option('--force', 'replace files that exist (package.json is always kept)')
    .action(async (folder: string, options: { readonly force?: boolean }) => {
      const { makeProject } = await import('../project.js');
      const target = resolve(context.cwd, folder);
      const written = await makeProject(target, { force: options.force === true });
      const { output } = context;
      for (const { name, outcome } of written) output.line(`${outcome.padEnd(8)}  ${name}`);
      output.note(nextSteps(folder, written.some(({ outcome }) => outcome === 'kept')));
    });
}

function nextSteps(folder: string, kept: boolean): string {
  const steps = [
    ...(folder === '.' ? [] : [`cd ${folder}`]),
    'npm install          # swinglab itself, in this folder',
    'npx swing doctor     # what is there and how to mend what is not',
    'npx swing daily      # recommendations, on the bundled sample until you import data',
  ];
  return `${kept ? '\nFiles that existed were kept; --force replaces them.\n' : ''}\nNext:\n${steps.map((step) => `  ${step}`).join('\n')}`;
}
