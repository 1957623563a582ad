import type { GlobalOptions } from '../context.js';
import type { TrainFlags } from './training-flags.js';

/** The command line that goes on where a training was left: the same again, with `--resume`. */
export function resumeCommand(kind: string, flags: TrainFlags, { config, set }: Pick<GlobalOptions, 'config' | 'set'>): string {
  const option = (name: string, value: string | number | undefined): string[] => (value === undefined ? [] : [name, String(value)]);
  const words = [
    'swing', ...option('--config', config), ...set.flatMap((one) => ['--set', one]), 'train', kind,
    ...(flags.useSynthetic ? ['--use-synthetic'] : []),
    ...option('--start-date', flags.startDate), ...option('--end-date', flags.endDate), ...option('--name', flags.name), ...option('--alias', flags.alias),
    ...Object.entries(flags.param).flatMap(([name, value]) => ['--param', `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`]),
    ...option('--seed', flags.seed), ...option('--threads', flags.threads), ...option('--max-epochs', flags.maxEpochs),
    '--resume',
  ];
  return words.map(quoted).join(' ');
}

/** As a shell reads it back. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
