import type { Vintages } from '../../table/vintages.js';
import type { FeatureInputs } from './feature-inputs.js';

/**
 * The inputs as they were at the decision time of a session: bars up to it, and of every table the rows known by then.
 * @param end sessions that are kept
 */
export function cutInputs(inputs: FeatureInputs, end: number): FeatureInputs {
  const kept = betweenSessions(inputs, 0, end);
  const last = end === 0 ? Number.NEGATIVE_INFINITY : inputs.bars.sessions[end - 1];
  const known = (tables: ReadonlyMap<string, Vintages>): ReadonlyMap<string, Vintages> => new Map([...tables].map(([name, table]) => [name, knownBy(table, last)]));
  const bySymbol = (tables: NonNullable<FeatureInputs['fundamentals']>): ReadonlyMap<string, ReadonlyMap<string, Vintages>> => new Map([...tables].map(([symbol, table]) => [symbol, known(table)]));
  return {
    ...kept,
    ...(inputs.macro ? { macro: known(inputs.macro) } : {}),
    ...(inputs.fundamentals ? { fundamentals: bySymbol(inputs.fundamentals) } : {}),
    ...(inputs.earnings ? { earnings: bySymbol(inputs.earnings) } : {}),
  };
}

/** The inputs with sessions from `start` up to, not including, `end`; tables are kept whole. */
export function betweenSessions(inputs: FeatureInputs, start: number, end: number): FeatureInputs {
  const { bars, member, benchmark } = inputs;
  if (start === 0 && end === bars.sessions.length) return inputs;
  return {
    ...inputs,
    bars: bars.slice(start, end),
    ...(member ? { member: cutRows(member, { rows: bars.symbols.length, width: bars.sessions.length, start, end }) } : {}),
    ...(benchmark ? { benchmark: benchmark.slice(start, end) } : {}),
  };
}

/** Rows that were known on an epoch day. */
function knownBy({ knownFrom, period, value }: Vintages, day: number): Vintages {
  let count = 0;
  while (count < knownFrom.length && knownFrom[count] <= day) count++;
  return { knownFrom: knownFrom.subarray(0, count), period: period.subarray(0, count), value: value.subarray(0, count) };
}

function cutRows(values: Uint8Array, { rows, width, start, end }: { rows: number; width: number; start: number; end: number }): Uint8Array {
  const kept = end - start;
  const result = new Uint8Array(rows * kept);
  for (let row = 0; row < rows; row++) result.set(values.subarray(row * width + start, row * width + end), row * kept);
  return result;
}
