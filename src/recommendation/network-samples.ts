import { membershipTable, type Market } from '../data/market.js';
import { Background } from '../dataset/background.js';
import type { Samples } from '../dataset/samples.js';
import type { Panel } from '../table/panel.js';
import { sessionSamples, type SessionSamplesRequest } from './session-samples.js';

/** What networks read of the sessions up to an evening. */
export interface NetworkPast {
  /** Features of the last sessions, over the symbols of the market's bars. */
  readonly values: Panel;
  /** Last known, not point in time. */
  readonly sectors: ReadonlyMap<string, string>;
}

/** Samples of the market's last session with their background, to be predicted. */
export function networkSamples({ bars, universe }: Market, { values, sectors }: NetworkPast, request: SessionSamplesRequest): Samples {
  const member = membershipTable(bars, universe);
  const background = new Background({ panel: () => values.columns(request.features), counts: countsOf(bars, member, values), labels: null, market: { bars, member, sectors } });
  return { ...sessionSamples(values, request), background };
}

/** 1 where an instrument counts, over the last sessions of the bars alone: a member whose bar is there and not suspect. */
function countsOf(bars: Panel, member: Uint8Array, { sessions }: Panel): Uint8Array {
  const [width, last] = [bars.sessions.length, sessions.length];
  const [close, suspect] = [bars.column('close'), bars.column('suspect')];
  const counts = new Uint8Array(bars.symbols.length * last);
  for (let row = 0; row < bars.symbols.length; row++) {
    for (let t = 0; t < last; t++) {
      const at = row * width + width - last + t;
      counts[row * last + t] = Number(member[at] === 1 && suspect[at] !== 1 && close[at] > 0);
    }
  }
  return counts;
}
