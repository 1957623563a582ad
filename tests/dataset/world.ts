import { createRng } from '../../src/core/rng.js';
import type { LabelMarket } from '../../src/dataset/labels/label-market.js';
import { Panel } from '../../src/table/panel.js';

export interface WorldOptions {
  readonly seed: number;
  readonly symbols: number;
  readonly sessions: number;
  /** Share of bars that are missing. */
  readonly gaps?: number;
  /** Share of opens alone that are missing. */
  readonly noOpen?: number;
  /** Share of sessions on which a series breaks. */
  readonly breaks?: number;
  readonly suspects?: number;
  /** Share of cells outside the universe. */
  readonly outsiders?: number;
  readonly sectors?: number;
  /** Standard deviation of a session's log return. */
  readonly deviation?: number;
}

/** Random prices with everything that makes labels go missing. */
export function world({ seed, symbols, sessions, gaps = 0, noOpen = 0, breaks = 0, suspects = 0, outsiders = 0, sectors = 3, deviation = 0.02 }: WorldOptions): LabelMarket {
  const rng = createRng(seed).fork('label-market');
  const names = Array.from({ length: symbols }, (_, row) => `S${String(row).padStart(3, '0')}`);
  const column = (): Float64Array => new Float64Array(symbols * sessions).fill(Number.NaN);
  const [open, high, low, close, segment, suspect] = [column(), column(), column(), column(), column().fill(0), column().fill(0)];
  const member = new Uint8Array(symbols * sessions);
  for (let row = 0; row < symbols; row++) {
    let price = 20 + 80 * rng.float();
    let part = 0;
    for (let t = 0; t < sessions; t++) {
      const at = row * sessions + t;
      const first = price * Math.exp(0.3 * deviation * rng.normal());
      const last = first * Math.exp(deviation * rng.normal());
      price = last;
      if (rng.float() < breaks) part++;
      segment[at] = part;
      member[at] = Number(rng.float() >= outsiders);
      suspect[at] = Number(rng.float() < suspects);
      if (rng.float() < gaps) continue;
      open[at] = rng.float() < noOpen ? Number.NaN : first;
      close[at] = last;
      high[at] = Math.max(first, last) * (1 + 0.3 * deviation * rng.float());
      low[at] = Math.min(first, last) * (1 - 0.3 * deviation * rng.float());
    }
  }
  const bars = new Panel({ symbols: names, sessions: Int32Array.from({ length: sessions }, (_, t) => 15000 + t), columns: { open, high, low, close, segment, suspect } });
  // one symbol in seven has no sector
  const sectorOf = new Map(names.flatMap((name, row) => (row % 7 === 6 ? [] : [[name, `sector ${row % sectors}`] as const])));
  return { bars, member, sectors: sectorOf };
}

/** The market as it was when the session at `end` was to come. */
export function cut({ bars, member, sectors }: LabelMarket, end: number): LabelMarket {
  const width = bars.sessions.length;
  const kept = bars.symbols.flatMap((_, row) => [...member.subarray(row * width, row * width + end)]);
  return { bars: bars.slice(0, end), member: Uint8Array.from(kept), sectors };
}

/** Features that tell their cell: row, position and number of the feature, some of them missing. */
export function cellFeatures({ bars }: LabelMarket, count: number): Panel {
  const width = bars.sessions.length;
  const columns = Object.fromEntries(Array.from({ length: count }, (_, feature) => [`f${feature}`, Float32Array.from({ length: bars.symbols.length * width }, (_, at) => ((at * 7 + feature) % 23 === 0 ? Number.NaN : at + feature / 16))]));
  return new Panel({ symbols: bars.symbols, sessions: bars.sessions, columns });
}
