import type { Config } from '../../config/schema.js';
import { SYNTHETIC_MARK } from '../../simulation/synthetic-market.js';

/** What stands before every line about a made-up market; empty for real data. */
export function markOf({ data }: Pick<Config, 'data'>): string {
  return data.source === 'synthetic' ? `${SYNTHETIC_MARK} ` : '';
}

/** A line with the mark, unless it bears that already. */
export function marked(line: string, mark: string): string {
  return mark !== '' && line.startsWith(mark.trimEnd()) ? line : `${mark}${line}`;
}
