import type { EventStream } from '../../core/events.js';
import { createWorkerPool, type WorkerPool } from '../../core/worker-pool.js';
import type { Feature, SeriesFeature } from '../feature.js';
import { FEATURES } from '../registry.js';
import { lastSessions, shownInputs, type ShownInputs } from './compute-features.js';
import { computeRows } from './compute-rows.js';
import { compareMembers } from './cross-section.js';
import type { FeatureInputs } from './feature-inputs.js';
import { MarketInputs } from './market-inputs.js';
import { marketValues, spread } from './market-rows.js';
import { planFeatures, type FeaturePlan } from './plan.js';
import { rowsTask, type RowsTask } from './rows-task.js';
import type { FeatureTasks } from './worker.js';

/** Features of some neighbouring symbols of the panel; each column Float32 [symbol, session]. */
export interface FeatureBatch {
  readonly symbols: readonly string[];
  /** Epoch days of the columns. */
  readonly sessions: Int32Array;
  readonly columns: Readonly<Record<string, Float32Array>>;
}

export type FeatureEvent =
  | { readonly kind: 'phase'; readonly describe: string }
  | { readonly kind: 'batch'; readonly batch: FeatureBatch; readonly done: number; readonly total: number };

export interface StreamOptions {
  /** Worker threads. */
  readonly threads: number;
  /** Only so many sessions at the end; see `computeFeatures`. */
  readonly last?: number;
  /** Only these symbols; see `computeFeatures`. */
  readonly symbols?: readonly string[];
  /** Symbols in a batch: memory grows with it, not with their number in all. */
  readonly batchSymbols?: number;
  readonly signal?: AbortSignal;
}

/**
 * Features of a panel, batch by batch of symbols in their order, computed by worker threads.
 *
 * Only what is compared across members is held for all symbols at once; everything else lives no longer than its batch.
 * The values are bit for bit those of `computeFeatures`. Features outside the registry are computed on the calling thread.
 */
export async function* streamFeatures(inputs: FeatureInputs, features: readonly Feature[], { threads, last, symbols, batchSymbols = 16, signal }: StreamOptions): EventStream<FeatureEvent, void> {
  const plan = planFeatures(features, FEATURES);
  const { inputs: given, from, firstBar } = lastSessions(inputs, last, plan.lookback);
  yield { kind: 'phase', describe: 'index and sectors' };
  const market = new MarketInputs(given);
  const everyone = given.bars.symbols.length;
  const shown = shownInputs(given, symbols, firstBar);
  const rows = shown.inputs.bars.symbols.length;
  const sessions = given.bars.sessions.slice(from);
  await using pool = createWorkerPool<FeatureTasks>({ module: new URL('./worker.js', import.meta.url), size: threads });
  const spansOf = (count: number): { start: number; end: number }[] => Array.from({ length: Math.ceil(count / batchSymbols) }, (_, i) => ({ start: i * batchSymbols, end: Math.min(count, (i + 1) * batchSymbols) }));
  const spans = spansOf(rows);
  const compute = (wanted: readonly SeriesFeature[], of: Pick<ShownInputs, 'inputs' | 'firstBar'>) =>
    inOrder(spansOf(of.inputs.bars.symbols.length), threads + 1, (span) => rowsOf(pool, rowsTask(of.inputs, market, { ...span, from, firstBar: of.firstBar }), wanted, signal));
  yield { kind: 'phase', describe: 'comparisons between members' };
  const bases = await wholeColumns(plan, compute(plan.compared, { inputs: given, firstBar }), everyone * sessions.length);
  const batches = compute(plan.rest, shown);
  const first = batches.next(); // the workers compute while this thread compares
  first.catch(() => undefined); // told when its turn comes
  const compared = new Map(plan.crossSection.map((feature) => [feature.name, shown.pick(compareMembers(feature, bases.get(feature.of)!, market, from))]));
  const shownBases = new Map([...bases].filter(([name]) => plan.wanted.some((feature) => feature.name === name)).map(([name, values]) => [name, shown.pick(values)]));
  const wide = new Map(plan.market.map((feature) => [feature.name, marketValues(feature, market, from)]));
  const kept = sessions.length;
  let index = 0;
  for (let step = await first; !step.done; step = await batches.next()) {
    const series = step.value;
    const { start, end } = spans[index++];
    const { columns: { close }, suspect } = rowsTask(shown.inputs, market, { start, end, from, firstBar: shown.firstBar });
    const columns = Object.fromEntries(
      plan.wanted.map(({ name, kind }) => [name, kind === 'market' ? spread(wide.get(name)!, { close, suspect, from }) : (series[name] ?? (shownBases.get(name) ?? compared.get(name))!.subarray(start * kept, end * kept))]),
    );
    yield { kind: 'batch', batch: { symbols: shown.inputs.bars.symbols.slice(start, end), sessions, columns }, done: end, total: rows };
  }
}

/** What is compared across members, for all symbols, [symbol, session]. */
async function wholeColumns({ compared }: FeaturePlan, batches: AsyncIterable<Readonly<Record<string, Float32Array>>>, length: number): Promise<ReadonlyMap<string, Float32Array>> {
  const whole = new Map(compared.map(({ name }) => [name, new Float32Array(length)]));
  if (compared.length === 0) return whole;
  let offset = 0;
  for await (const batch of batches) {
    let filled = 0;
    for (const [name, values] of Object.entries(batch)) {
      whole.get(name)!.set(values, offset);
      filled = values.length;
    }
    offset += filled;
  }
  return whole;
}

async function rowsOf(pool: WorkerPool<FeatureTasks>, task: RowsTask, features: readonly SeriesFeature[], signal: AbortSignal | undefined): Promise<Readonly<Record<string, Float32Array>>> {
  const registered = features.filter((feature) => FEATURES.includes(feature));
  const own = computeRows(task, features.filter((feature) => !FEATURES.includes(feature)));
  if (registered.length === 0) return own;
  const sent = detached(task);
  const computed = await pool.run('rows', { task: sent.task, names: registered.map(({ name }) => name) }, { transfer: sent.buffers, signal });
  return { ...computed, ...own };
}

/** The task with bars of its own: a view would take the whole column along. */
function detached(task: RowsTask): { task: RowsTask; buffers: ArrayBuffer[] } {
  const columns = Object.fromEntries(Object.entries(task.columns).map(([name, values]) => [name, values.slice()])) as RowsTask['columns'];
  const options = task.options === null ? null : Object.fromEntries(Object.entries(task.options).map(([name, values]) => [name, values.slice()]));
  const copy = { ...task, columns, options, segment: task.segment?.slice() ?? null, suspect: task.suspect?.slice() ?? null, sectorOf: task.sectorOf.slice(), firstBar: task.firstBar.slice() };
  const buffers = [...Object.values(columns), ...Object.values(options ?? {}), copy.segment, copy.suspect].flatMap((values) => (values === null ? [] : [values.buffer as ArrayBuffer]));
  return { task: copy, buffers };
}

/** Results in the order of the items, `ahead` of them under way at a time. */
async function* inOrder<Item, Result>(items: readonly Item[], ahead: number, work: (item: Item) => Promise<Result>): AsyncGenerator<Result, void, void> {
  const running: Promise<Result>[] = [];
  let next = 0;
  const start = (): void => {
    const promise = work(items[next++]);
    promise.catch(() => undefined); // told when its turn comes
    running.push(promise);
  };
  while (next < items.length && running.length < ahead) start();
  while (running.length > 0) {
    const result = await running.shift()!;
    if (next < items.length) start();
    yield result;
  }
}
