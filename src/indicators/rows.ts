import { InvariantError } from '../core/errors.js';
import { allocate } from './allocation.js';

/** Rows [begin, end) of the inputs, all finite. */
export interface Rows {
  readonly begin: number;
  readonly end: number;
}

/**
 * How far back a value reaches: `finite` = only the last `lookback` rows and its own, `unbounded` = every row before it.
 */
export type Memory = 'finite' | 'unbounded';

/**
 * How a missing value shows in what a kernel makes of it, which decides how gaps are found:
 * `hidden` = perhaps not at all (comparisons drop it): the inputs are looked through first, the usual way;
 * `lasting` = everything after it is NaN, so that a finite last row proves that there was none;
 * `local` = NaN exactly in the rows that read it: the kernel runs over it.
 */
export type Gaps = 'hidden' | 'lasting' | 'local';

export interface Walk {
  /** The function's name, for messages. */
  readonly name: string;
  readonly inputs: readonly Float64Array[];
  readonly lookback: number;
  readonly memory: Memory;
  readonly gaps?: Gaps;
}

type Kernel = (rows: Rows) => void;

/**
 * Runs `kernel` on every stretch of rows where all inputs are finite; it writes rows [begin + lookback, end) of its outputs.
 *
 * All other rows become NaN. After a gap a finite memory warms up anew, an unbounded one stays NaN: what it would have
 * remembered is lost, and a value that looks right but is not is worse than none.
 */
function walk(walked: Walk, outputs: readonly Float64Array[], kernel: Kernel): void {
  const { inputs, lookback, gaps = 'hidden' } = walked;
  const length = commonLength(walked);
  const begin = firstFinite(inputs, 0, length);
  if (gaps === 'local') return runAll({ begin, end: length }, lookback, outputs, kernel);
  if (gaps === 'lasting' && length - begin > lookback) {
    runAll({ begin, end: length }, lookback, outputs, kernel);
    if (isFiniteAt(inputs, length - 1) && isFiniteAt(outputs, length - 1)) return;
  }
  runStretches(walked, outputs, kernel);
}

function runAll(rows: Rows, lookback: number, outputs: readonly Float64Array[], kernel: Kernel): void {
  const warm = Math.min(rows.begin + lookback, rows.end);
  if (warm < rows.end) kernel(rows);
  for (const output of outputs) output.fill(Number.NaN, 0, warm);
}

function runStretches({ inputs, lookback, memory }: Walk, outputs: readonly Float64Array[], kernel: Kernel): void {
  const { length } = inputs[0];
  let done = 0;
  while (done < length) {
    const begin = firstFinite(inputs, done, length);
    const end = firstMissing(inputs, begin, length);
    const warm = Math.min(begin + lookback, end);
    if (warm < end) kernel({ begin, end });
    for (const output of outputs) output.fill(Number.NaN, done, warm);
    done = end;
    if (memory === 'unbounded' && end < length) {
      for (const output of outputs) output.fill(Number.NaN, end);
      return;
    }
  }
}

function isFiniteAt(arrays: readonly Float64Array[], row: number): boolean {
  for (const values of arrays) if (!Number.isFinite(values[row])) return false;
  return true;
}

/** The output of an indicator with one, [row], NaN during warm-up; `kernel` as in `walk`. */
export function series(walked: Walk, kernel: (rows: Rows, output: Float64Array) => void): Float64Array {
  const output = allocate(walked.inputs[0].length);
  walk(walked, [output], (rows) => kernel(rows, output));
  return output;
}

/** The outputs of an indicator with several, each [row], NaN during warm-up; `kernel` as in `walk`. */
export function seriesByName<Name extends string>(walked: Walk, names: readonly Name[], kernel: (rows: Rows, outputs: Record<Name, Float64Array>) => void): Record<Name, Float64Array> {
  const { length } = walked.inputs[0];
  const outputs = {} as Record<Name, Float64Array>;
  const arrays: Float64Array[] = [];
  for (const name of names) arrays.push((outputs[name] = allocate(length)));
  walk(walked, arrays, (rows) => kernel(rows, outputs));
  return outputs;
}

function commonLength({ inputs, name }: Walk): number {
  const { length } = inputs[0];
  for (const input of inputs) {
    if (input.length !== length) throw new InvariantError(`expected inputs of one length, found ${inputs.map((each) => each.length).join(', ')} in ${name}`);
  }
  return length;
}

function firstFinite(inputs: readonly Float64Array[], from: number, end: number): number {
  let begin = from;
  for (let i = 0; i < inputs.length && begin < end; ) {
    const found = skipMissing(inputs[i], begin, end);
    // a row skipped for a later input must be looked at again in the earlier ones
    i = found > begin ? 0 : i + 1;
    begin = found;
  }
  return begin;
}

function skipMissing(values: Float64Array, from: number, end: number): number {
  let t = from;
  while (t < end && !Number.isFinite(values[t])) t++;
  return t;
}

function firstMissing(inputs: readonly Float64Array[], begin: number, length: number): number {
  let end = length;
  for (const input of inputs) end = finiteUntil(input, begin, end);
  return end;
}

/** A sum is finite only if its terms are, so eight rows are looked at with one test. */
function finiteUntil(values: Float64Array, begin: number, end: number): number {
  let t = begin;
  for (; t + 8 <= end; t += 8) {
    const sum = values[t] + values[t + 1] + (values[t + 2] + values[t + 3]) + (values[t + 4] + values[t + 5] + (values[t + 6] + values[t + 7]));
    if (sum - sum !== 0 && !allFinite(values, t)) break;
  }
  while (t < end && Number.isFinite(values[t])) t++;
  return t;
}

function allFinite(values: Float64Array, from: number): boolean {
  for (let t = from; t < from + 8; t++) if (!Number.isFinite(values[t])) return false;
  return true;
}
