import type { Feature, FeatureInput } from './feature.js';

/** When a feature of session t can be used, in words: never before everything it reads was public. */
export function availability({ inputs }: Pick<Feature, 'inputs'>): string {
  const kinds = [...new Set(inputs.map(kindOf))];
  return `decision time of session t (23:30 New York): ${kinds.map((kind) => WORDS[kind]).join('; ')}`;
}

const WORDS = {
  bars: 'bars up to t',
  calendar: 'the calendar',
  macro: 'macro observations released by then (by the release-lag table)',
  fundamentals: 'filings accepted by then',
  earnings: 'reports published by then',
  options: 'volume, prices and volatility of option chains up to t, open interest stamped t (settled the session before, published before the open of t)',
} as const;

function kindOf(input: FeatureInput): keyof typeof WORDS {
  const kind = input.split(':', 1)[0];
  return kind === 'calendar' || kind === 'macro' || kind === 'fundamentals' || kind === 'earnings' || kind === 'options' ? kind : 'bars';
}
