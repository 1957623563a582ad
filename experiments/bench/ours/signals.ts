import { runSignals, VERSION, type SignalsRun } from 'swinglab';
import type { Case, Check, Settings } from '../case.js';

const BARS = 1_000_000;
const COSTS = { commissionBps: 5, halfSpreadBps: 0, slippageBps: 2 };

/** Position of a bar's close about 0, from −0.14 % to 0.14 %, as the peer makes it, by squares modulo a prime. */
const swing = (t: number): number => ((((t + 1) ** 2 % 1000003) - 500001) * 0.0014) / 500001;

/** Whether one close in ten says so. */
const says = (t: number, factor: number): boolean => (((t + 1) * factor) % 10007) % 10 === 0;

/**
 * Entries below the middle and exits above it, one bar in twenty each: trades earn what they cost, so that the account neither runs dry, at which
 * the peer would stop, nor overflows. The peer fills at the close that a signal comes from, ours at the open after it: here each open is the
 * close before, and the last bar says nothing, so that both fill the same orders at the same prices.
 */
function made(): { readonly open: Float64Array; readonly close: Float64Array; readonly entries: Uint8Array; readonly exits: Uint8Array } {
  const close = Float64Array.from({ length: BARS }, (_, t) => 100 * (1 + swing(t)));
  const open = Float64Array.from({ length: BARS }, (_, t) => close[Math.max(0, t - 1)]);
  const signals = (isRight: (t: number) => boolean): Uint8Array => Uint8Array.from({ length: BARS }, (_, t) => (t < BARS - 1 && isRight(t) ? 1 : 0));
  return { open, close, entries: signals((t) => swing(t) < 0 && says(t, 7919)), exits: signals((t) => swing(t) > 0 && says(t, 3571)) };
}

function check({ trades, equity }: SignalsRun): Check {
  const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);
  return { trades: trades.count, entries: sum(trades.entry), exits: sum(trades.exit), 'entry prices': sum(trades.entryPrice), 'exit prices': sum(trades.exitPrice), 'log equity': Math.log(equity[BARS - 1]) };
}

/** Entries and exits on a million bars of one instrument, with costs: orders and trades, and ours also the equity at each bar. */
export function prepare({ threads }: Settings): Promise<Case<SignalsRun>> {
  if (threads !== 1) throw new Error(`expected one thread, which is all that both sides use, found --threads ${threads}`);
  const { open, close, entries, exits } = made();
  return Promise.resolve({ version: `swinglab ${VERSION}`, run: () => Promise.resolve(runSignals({ bars: { open, close }, entries, exits, costs: COSTS, initialCash: 100 })), check });
}
