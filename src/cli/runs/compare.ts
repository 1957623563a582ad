import type { ParamValue, RunRecord } from '../../tracking/tracker.js';
import type { CliContext } from '../context.js';
import { alignColumns } from '../output.js';
import { figure, findRun, openTracker, setting, type RunsFlags } from './run-records.js';

interface Difference {
  readonly name: string;
  /** Absent where the run has none. */
  readonly values: readonly [ParamValue | undefined, ParamValue | undefined];
}

interface FigurePair {
  readonly name: string;
  readonly values: readonly [number | null, number | null];
  /** The second less the first; `null` where one has no value. */
  readonly change: number | null;
}

/** `swing runs compare`. */
export async function compare(id: string, other: string, flags: RunsFlags, context: CliContext): Promise<void> {
  const { tracker } = await openTracker(context);
  const pair = [await findRun(tracker, id), await findRun(tracker, other)] as const;
  const chosen = differences(pair);
  const figures = figurePairs(pair);
  const { output } = context;
  if (flags.json) {
    const named = chosen.map(({ name, values: [first, second] }) => ({ name, ...(first === undefined ? {} : { first }), ...(second === undefined ? {} : { second }) }));
    return output.json({ runs: pair.map(({ id: one }) => one), chosen: named, figures: figures.map(({ name, values: [first, second], change }) => ({ name, first, second, change })) });
  }
  const heads = pair.map((run) => run.id);
  if (chosen.length === 0) output.line('nothing was chosen otherwise');
  else for (const line of alignColumns([['chosen', ...heads], ...chosen.map(({ name, values }) => [name, ...values.map(setting)])])) output.line(line);
  output.line();
  if (figures.length === 0) return output.line('neither has figures');
  for (const line of alignColumns([['figure', ...heads, 'change'], ...figures.map(({ name, values, change }) => [name, ...values.map(figure), figure(change)])])) output.line(line);
}

/** What makes one of two runs another trial than the other, and their names where these differ. */
function differences([first, second]: readonly [RunRecord, RunRecord]): Difference[] {
  const [a, b] = [choices(first), choices(second)];
  const names = [...new Set([...a.keys(), ...b.keys()])].sort((one, other) => group(one) - group(other));
  return names.map((name): Difference => ({ name, values: [a.get(name), b.get(name)] })).filter(({ values: [one, other] }) => one !== other);
}

/** Parameters together, then data, then code. */
const group = (name: string): number => (name.startsWith('params.') ? 1 : name.startsWith('data ') ? 2 : name === 'code' ? 3 : 0);

function choices({ experiment, name, seed, params, data, code }: RunRecord): Map<string, ParamValue> {
  const hashes = Object.entries(data).map(([key, hash]): [string, ParamValue] => [`data ${key}`, hash]);
  return new Map<string, ParamValue>([['experiment', experiment], ['name', name], ['seed', seed], ...Object.entries(params).map(([key, value]): [string, ParamValue] => [`params.${key}`, value]), ...hashes, ['code', code]]);
}

function figurePairs([first, second]: readonly [RunRecord, RunRecord]): FigurePair[] {
  const names = [...new Set([...Object.keys(first.metrics), ...Object.keys(second.metrics)])];
  return names.map((name) => {
    const values = [first.metrics[name] ?? null, second.metrics[name] ?? null] as const;
    const [one, other] = values;
    return { name, values, change: one === null || other === null ? null : other - one };
  });
}
