import { availability } from '../../src/features/availability.js';
import { FEATURE_FAMILIES, type Feature } from '../../src/features/feature.js';
import { FEATURES } from '../../src/features/registry.js';

/** `|` would end a table's cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|');

const TITLES: Readonly<Record<string, string>> = { momentum: 'Momentum', trend: 'Trend', volatility: 'Volatility', volume: 'Volume and liquidity', structure: 'Price structure', calendar: 'Calendar', market: 'Market', macro: 'Macro', fundamentals: 'Fundamentals', options: 'Options', 'cross-section': 'Cross-section', alpha158: 'Alpha158' };

/** The generated part of docs/FEATURES.md: counts, then a table a family. */
export function featureSections(): string {
  const families = FEATURE_FAMILIES.map((family) => ({ family, features: FEATURES.filter((feature) => feature.family === family) })).filter(({ features }) => features.length > 0);
  const counts = ['| family | features | kind |', '|---|---:|---|', ...families.map(({ family, features }) => `| [${TITLES[family]}](#${TITLES[family].toLowerCase().replaceAll(' ', '-')}) | ${features.length} | ${[...new Set(features.map(({ kind }) => KINDS[kind]))].join(', ')} |`), `| **all** | **${FEATURES.length}** | |`];
  return [...counts, '', ...families.flatMap(({ family, features }) => [`## ${TITLES[family]}`, '', ...table(features), ''])].join('\n').trimEnd();
}

const KINDS = { series: 'of one instrument', market: 'of the market', 'cross-section': 'between members' } as const;

function table(features: readonly Feature[]): string[] {
  const head = ['| name | what it is | formula | unit | lookback | reads | source |', '|---|---|---|---|---:|---|---|'];
  return [...head, ...features.map((feature) => `| \`${feature.name}\` | ${cell(feature.describe)}${scale(feature)} | ${cell(feature.formula)} | ${feature.unit} | ${lookback(feature)} | ${feature.inputs.join(', ')} | ${cell(feature.source)} |`)];
}

/** Windows that widen have their first value earlier. */
const lookback = ({ lookback, minHistory }: Feature): string => (minHistory === undefined ? String(lookback) : `${lookback} (from ${minHistory})`);

function scale({ scale: declared }: Feature): string {
  const moving = Object.keys(declared ?? {});
  return moving.length === 0 ? '' : ` (moves with the level of ${moving.join(' and ')})`;
}

/** Every sentence about availability that occurs. */
export const availabilities = (): string[] => [...new Set(FEATURES.map(availability))].sort();
