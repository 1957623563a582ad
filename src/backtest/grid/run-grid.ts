import { mapConcurrent, sleep } from '../../core/async.js';
import { availableThreads } from '../../core/available-threads.js';
import { InvariantError } from '../../core/errors.js';
import { streamOf, type EventStream } from '../../core/events.js';
import { createWorkerPool } from '../../core/worker-pool.js';
import type { ResearchCosts } from '../../portfolio/research-book.js';
import type { Panel } from '../../table/panel.js';
import { requireMakerParams, signalMaker } from '../signals/makers/registry.js';
import { walkBars, type SignalBars, type WalkBars } from '../signals/signal-bars.js';
import { returnsOf } from '../signals/signal-results.js';
import { walkRules } from '../signals/signal-rules.js';
import { FIGURES, type GridFigures } from './figures.js';
import { evaluateBlock, gridBlocks, type GridBlock, type GridJob } from './grid-block.js';
import type { GridCell, GridRules } from './grid-cell.js';
import type { GridTasks } from './worker.js';

export interface GridInput {
  /** As `runSignals` takes them, with columns open, high, low and close. */
  readonly bars: Panel | SignalBars;
  /** Everything that is tried: each is a trial. */
  readonly cells: readonly GridCell[];
  /** Of every cell that says nothing else. */
  readonly rules?: GridRules;
  readonly costs: ResearchCosts;
  /** Whether daily returns of every cell are wanted, for tests of what the best of them is worth. */
  readonly returns?: boolean;
}

export interface GridOptions {
  /** Threads at most, as many as the machine runs at a time unless given; results do not depend on them. */
  readonly threads?: number;
  readonly signal?: AbortSignal | undefined;
}

/** `done` of `total` cells on instruments have been evaluated. */
export interface GridEvent {
  readonly kind: 'progress';
  readonly done: number;
  readonly total: number;
}

export interface GridResult {
  readonly cells: readonly GridCell[];
  readonly columns: number;
  readonly sessions: number;
  readonly figures: GridFigures;
  /**
   * Simple daily returns of each cell, [cell][session]: an account for every instrument, all opened with the same cash and never levelled out,
   * taken together. As `backtestOverfitting` and `superiorPredictiveAbility` take them; `null` where they were not wanted.
   */
  readonly returns: readonly Float64Array[] | null;
}

/** Figures of a cell on an instrument, `null` where one is not defined. */
export type CellFigures = { readonly [Name in keyof GridFigures]: number | null };

/** Bars times cells below which starting threads takes longer than computing. */
const WORTH_THREADS = 5_000_000;

/**
 * Evaluates every cell of a grid on every instrument, with an account each, as `runSignals` of `makeSignals` does, bit for bit.
 *
 * Threads share bars and figures; an indicator is computed once for all cells that use it. What comes out does not depend on the threads.
 *
 * @throws ConfigError for makers, parameters or rules that are not known; InvariantError `BAD_BARS`, `BAD_RULES`; an abort's reason
 */
export async function* runGrid(input: GridInput, { threads = availableThreads(), signal }: GridOptions = {}): EventStream<GridEvent, GridResult> {
  if (!(Number.isInteger(threads) && threads >= 1)) throw new InvariantError(`expected at least one thread, found ${threads} in runGrid`);
  const job = prepare(input);
  const { columns, sessions } = job.bars;
  const blocks = gridBlocks(columns, job.cells.length);
  const isSmall = columns * sessions * job.cells.length < WORTH_THREADS;
  const sums = new EquitySums(input.returns === true ? job.cells.length : 0, sessions);
  yield* streamOf<GridEvent, void>(async (push, stop) => {
    await using pool = isSmall ? null : createWorkerPool<GridTasks>({ module: new URL('./worker.js', import.meta.url), size: Math.min(threads, blocks.length) });
    let done = 0;
    await mapConcurrent(blocks, { concurrency: pool?.size ?? 1, signal: stop }, async (block, running, index) => {
      const part = pool === null ? await evaluateHere(job, block, running) : await pool.run('block', { job, block }, { signal: running });
      sums.add(index, block, part);
      done += (block.endColumn - block.firstColumn) * (block.endCell - block.firstCell);
      push({ kind: 'progress', done, total: columns * job.cells.length });
    });
  }, { signal });
  const figures = Object.fromEntries(FIGURES.map((name) => [name, job.figures[name].slice()])) as unknown as GridFigures;
  return { cells: input.cells, columns, sessions, figures, returns: input.returns === true ? sums.returns(columns) : null };
}

/** Figures of one cell on one instrument. */
export function gridFigures({ figures, cells, columns }: GridResult, cell: number, column: number): CellFigures {
  if (!(cells[cell] !== undefined && Number.isInteger(column) && column >= 0 && column < columns)) throw new InvariantError(`expected one of ${cells.length} cells and ${columns} instruments, found ${cell} and ${column}`);
  return Object.fromEntries(FIGURES.map((name) => [name, known(figures[name][cell * columns + column])])) as unknown as CellFigures;
}

const known = (value: number): number | null => (Number.isNaN(value) ? null : value);

function prepare({ bars, cells, rules = {}, costs, returns = false }: GridInput): GridJob {
  if (cells.length === 0) throw new InvariantError('expected at least one cell, found none in runGrid');
  const resolved = cells.map((cell, position) => {
    requireMakerParams(signalMaker(cell.maker), cell.params);
    const own = { ...rules, ...cell.rules };
    if (Object.values(own).some((level) => typeof level === 'object')) throw new InvariantError(`expected levels as fractions of the entry price, found a column in cell ${position} of runGrid`, { code: 'BAD_RULES', fields: { cell: position } });
    return { maker: cell.maker, params: cell.params, rules: walkRules(own, costs, `cell ${position} of runGrid`) };
  });
  const walked = sharedBars(walkBars(bars, true, 'runGrid'));
  const figures = Object.fromEntries(FIGURES.map((name) => [name, shared(cells.length * walked.columns)])) as unknown as GridFigures;
  return { bars: walked, cells: resolved, figures, returns };
}

function sharedBars({ columns, sessions, open, high, low, close }: WalkBars): WalkBars {
  const copy = (values: Float64Array): Float64Array => {
    const into = shared(values.length);
    into.set(values);
    return into;
  };
  return { columns, sessions, open: copy(open), high: copy(high), low: copy(low), close: copy(close) };
}

function shared(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
}

async function evaluateHere(job: GridJob, block: GridBlock, signal: AbortSignal): Promise<Float64Array> {
  await sleep(0, signal); // whoever waits for progress, or wants to stop, has a turn
  return evaluateBlock(job, block);
}

/** Sums of equity of every cell over the instruments, added block by block in the order of the blocks, whichever is done first. */
class EquitySums {
  readonly #sessions: number;
  readonly #sums: readonly Float64Array[];
  readonly #waiting = new Map<number, { readonly block: GridBlock; readonly part: Float64Array }>();
  #next = 0;

  constructor(cells: number, sessions: number) {
    this.#sessions = sessions;
    this.#sums = Array.from({ length: cells }, () => new Float64Array(sessions));
  }

  add(index: number, block: GridBlock, part: Float64Array): void {
    if (this.#sums.length === 0) return;
    this.#waiting.set(index, { block, part });
    for (let due = this.#waiting.get(this.#next); due !== undefined; due = this.#waiting.get(this.#next)) {
      this.#waiting.delete(this.#next++);
      for (let cell = due.block.firstCell; cell < due.block.endCell; cell++) {
        const [sum, from] = [this.#sums[cell], (cell - due.block.firstCell) * this.#sessions];
        for (let t = 0; t < sum.length; t++) sum[t] += due.part[from + t];
      }
    }
  }

  returns(columns: number): Float64Array[] {
    return this.#sums.map((sum) => {
      const returns = new Float64Array(sum.length);
      returnsOf(sum, columns, returns);
      return returns;
    });
  }
}
