import { knownBy, type Vintages } from '../../table/vintages.js';
import type { FeatureInputs } from './feature-inputs.js';

/**
 * The inputs as they were at the decision time of a session: bars up to it, of every table the rows known by then, and only
 * symbols that had a bar or were a member by then: that a company will be listed is not known before.
 * @param end sessions that are kept
 */
export function cutInputs(inputs: FeatureInputs, end: number): FeatureInputs {
  const kept = withKnownSymbols(betweenSessions(inputs, 0, end));
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

function withKnownSymbols(inputs: FeatureInputs): FeatureInputs {
  const { bars, member } = inputs;
  const width = bars.sessions.length;
  const close = bars.column('close');
  const rows = bars.symbols.flatMap((_, row) => {
    const [from, to] = [row * width, (row + 1) * width];
    return close.subarray(from, to).some((value) => value > 0) || (member?.subarray(from, to).includes(1) ?? false) ? [row] : [];
  });
  return rows.length === bars.symbols.length ? inputs : ofSymbols(inputs, rows.map((row) => bars.symbols[row]));
}

/** The inputs of some symbols, in the order given. */
export function ofSymbols(inputs: FeatureInputs, symbols: readonly string[]): FeatureInputs {
  const { bars, member, options } = inputs;
  const width = bars.sessions.length;
  const kept = member && new Uint8Array(symbols.length * width);
  if (member && kept) symbols.forEach((symbol, i) => kept.set(member.subarray(bars.row(symbol) * width, (bars.row(symbol) + 1) * width), i * width));
  return { ...inputs, bars: bars.select(symbols), ...(options ? { options: options.select(symbols) } : {}), ...(kept ? { member: kept } : {}) };
}

/** The inputs with sessions from `start` up to, not including, `end`; tables are kept whole. */
export function betweenSessions(inputs: FeatureInputs, start: number, end: number): FeatureInputs {
  const { bars, member, benchmarkReturn, options } = inputs;
  if (start === 0 && end === bars.sessions.length) return inputs;
  return {
    ...inputs,
    bars: bars.slice(start, end),
    ...(options ? { options: options.slice(start, end) } : {}),
    ...(member ? { member: cutRows(member, { rows: bars.symbols.length, width: bars.sessions.length, start, end }) } : {}),
    ...(benchmarkReturn ? { benchmarkReturn: benchmarkReturn.slice(start, end) } : {}),
  };
}

function cutRows(values: Uint8Array, { rows, width, start, end }: { rows: number; width: number; start: number; end: number }): Uint8Array {
  const kept = end - start;
  const result = new Uint8Array(rows * kept);
  for (let row = 0; row < rows; row++) result.set(values.subarray(row * width + start, row * width + end), row * kept);
  return result;
}
