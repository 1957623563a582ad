import { Option, type Command } from 'commander';

import type { LoadedConfig } from '../../config/load.js';
import type { CliContext } from '../context.js';
import { alignColumns, type Output } from '../output.js';

interface ConfigOptions {
  readonly experiment?: string;
  readonly json?: boolean;
}

/** `swing config check` and `swing config show`. */
export function register(program: Command, context: CliContext): void {
  const config = program.command('config').description('check and show the configuration in force');
  const experiment = (): Option => new Option('--experiment <file>', 'overlay of an experiment, between the file and --set');

  config
    .command('check')
    .description('tell whether the configuration is right; every problem is listed with its place')
    .addOption(experiment())
    .action(async (options: ConfigOptions) => {
      const loaded = await context.loadConfig({ experiment: options.experiment });
      await (await import('../../config/feature-rules.js')).requireFeatureNames(loaded); // here, not on loading: the list of features is long
      context.output.line(`ok  ${sourceOf(loaded)}  ${loaded.hash}`);
    });

  config
    .command('show')
    .description('print every setting, its value and where it comes from')
    .addOption(experiment())
    .option('--json', 'print one JSON document')
    .action(async (options: ConfigOptions) => {
      const loaded = await context.loadConfig({ experiment: options.experiment });
      await show(loaded, context, options.json === true);
    });
}

function sourceOf({ file }: LoadedConfig): string {
  return file ?? 'no file, defaults';
}

interface ShownSetting {
  readonly name: string;
  readonly value: unknown;
  /** `default`, `file`, `experiment` or `set`. */
  readonly from: string;
  /** File, line and column, or the `--set`; empty for defaults. */
  readonly where: string;
}

async function show(loaded: LoadedConfig, { env, output }: CliContext, asJson: boolean): Promise<void> {
  const [{ settings }, { SECRETS }] = await Promise.all([import('../../config/describe.js'), import('../../config/schema.js')]);
  const shown = settings().map(({ name, path }): ShownSetting => {
    const { kind, where } = loaded.originOf(path);
    return { name, value: valueAt(loaded.config, path) ?? null, from: kind, where };
  });
  const secrets = Object.fromEntries(Object.keys(SECRETS).map((name) => [name, env[name] ? 'set' : 'not set']));
  if (asJson) {
    const { file, root, hash, paths, config } = loaded;
    output.json({ file, root, hash, paths, config, settings: shown, secrets });
  } else {
    print(loaded, shown, { secrets, output });
  }
}

function print(loaded: LoadedConfig, shown: readonly ShownSetting[], { secrets, output }: { readonly secrets: Readonly<Record<string, string>>; readonly output: Output }): void {
  output.line(`file    ${sourceOf(loaded)}`);
  output.line(`root    ${loaded.root}`);
  output.line(`store   ${loaded.paths.store}`);
  output.line(`runs    ${loaded.paths.runs}`);
  output.line(`hash    ${loaded.hash}`);
  output.line();
  const rows = shown.map(({ name, value, from, where }) => [name, value === null ? '(absent)' : JSON.stringify(value), where === '' ? from : from === 'set' ? where : `${from} ${where}`]);
  for (const line of alignColumns(rows)) output.line(line);
  output.line();
  output.line('secrets, from the environment:');
  for (const line of alignColumns(Object.entries(secrets).map(([name, state]) => [`  ${name}`, state]))) output.line(line);
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inside, step) => (inside as Readonly<Record<string, unknown>> | undefined)?.[step], value);
}
