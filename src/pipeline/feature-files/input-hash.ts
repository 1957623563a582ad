import { hashParts } from '../../core/hash.js';
import { cutInputs } from '../../features/compute/cut.js';
import type { FeatureInputs } from '../../features/compute/feature-inputs.js';
import type { Panel } from '../../table/panel.js';
import type { Vintages } from '../../table/vintages.js';

/**
 * Hash of everything that the features of the first `end` sessions are computed from: equal hashes, equal values.
 *
 * A new dividend moves the adjusted prices of its instrument's whole past, and with them this hash.
 */
export function inputHash(inputs: FeatureInputs, end: number): string {
  return hashParts(parts(cutInputs(inputs, end)));
}

function* parts({ bars, member, sectors, benchmarkReturn, options, macro, fundamentals, earnings }: FeatureInputs): Generator<string | ArrayBufferView> {
  yield bars.symbols.join(',');
  yield bars.sessions;
  yield* columns(bars);
  if (options) yield* columns(options);
  if (member) yield member;
  if (benchmarkReturn) yield benchmarkReturn;
  for (const [symbol, sector] of [...(sectors ?? [])].sort()) yield `${symbol}=${sector}`;
  yield* tables(macro ?? new Map());
  for (const [symbol, own] of [...(fundamentals ?? [])].sort(byName)) {
    yield symbol;
    yield* tables(own);
  }
  for (const [symbol, own] of [...(earnings ?? [])].sort(byName)) {
    yield symbol;
    yield* tables(own);
  }
}

function* columns(panel: Panel): Generator<string | ArrayBufferView> {
  for (const name of [...panel.columnNames].sort()) {
    yield name;
    yield panel.column(name);
  }
}

function* tables(given: ReadonlyMap<string, Vintages>): Generator<string | ArrayBufferView> {
  for (const [name, { knownFrom, period, value }] of [...given].sort(byName)) {
    yield name;
    yield knownFrom;
    yield period;
    yield value;
  }
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : a > b ? 1 : 0);
