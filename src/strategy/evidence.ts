/** What a number in evidence is measured in. */
export type EvidenceUnit = 'price' | 'fraction' | 'money' | 'sessions' | 'count' | 'score' | 'ratio' | 'name' | 'date' | 'feature';

interface EvidenceKind {
  /** What the numbers are taken from. */
  readonly source: 'bars' | 'model' | 'paper book' | 'settings' | 'earnings reports' | 'risk rules';
  readonly units: Readonly<Record<string, EvidenceUnit>>;
}

/** Every kind of evidence by its code: which numbers it holds, in which units, and from where. */
export const EVIDENCE_KINDS = {
  momentum: { source: 'bars', units: { return: 'fraction', rank: 'count', of: 'count' } },
  'model-rank': { source: 'model', units: { model: 'name', score: 'score', rank: 'count', of: 'count' } },
  driver: { source: 'model', units: { feature: 'name', contribution: 'score', share: 'fraction', value: 'feature', rank: 'fraction' } },
  'other-features': { source: 'model', units: { rest: 'score', score: 'score' } },
  'mean-of-ranks': { source: 'model', units: { model: 'name', rank: 'fraction', network: 'name', networkRank: 'fraction' } },
  'network-driver': { source: 'model', units: { network: 'name', feature: 'name', contribution: 'score', share: 'fraction', value: 'feature', rank: 'fraction' } },
  'network-sessions': { source: 'model', units: { sessions: 'sessions', share: 'fraction', window: 'sessions' } },
  'network-neighbours': { source: 'model', units: { names: 'name', share: 'fraction', effect: 'score' } },
  priority: { source: 'model', units: { priority: 'score', rank: 'count', of: 'count', score: 'fraction', uncertainty: 'fraction', liquidity: 'fraction', volatility: 'fraction', signals: 'fraction' } },
  signal: { source: 'bars', units: { feature: 'name', value: 'feature', above: 'feature', below: 'feature' } },
  forecast: { source: 'model', units: { expectedReturn: 'fraction', edge: 'fraction', low: 'fraction', high: 'fraction', coverage: 'fraction', horizon: 'sessions' } },
  size: { source: 'settings', units: { weight: 'fraction', volatility: 'fraction', targetVolatility: 'fraction', top: 'count', method: 'name' } },
  levels: { source: 'bars', units: { stop: 'price', target: 'price', range: 'price', stopRanges: 'ratio', targetRanges: 'ratio' } },
  'structure-stop': { source: 'bars', units: { stop: 'price', low: 'price', sessions: 'sessions', target: 'price', range: 'price', targetRanges: 'ratio' } },
  trailing: { source: 'bars', units: { distance: 'price', ranges: 'ratio' } },
  limit: { source: 'bars', units: { limit: 'price', close: 'price', ranges: 'ratio' } },
  liquidity: { source: 'bars', units: { dollarVolume: 'money' } },
  held: { source: 'paper book', units: { sessions: 'sessions', return: 'fraction', rank: 'count', of: 'count' } },
  stop: { source: 'bars', units: { close: 'price', stop: 'price' } },
  'stop-rest': { source: 'paper book', units: { shares: 'count', stop: 'price' } },
  target: { source: 'bars', units: { close: 'price', target: 'price' } },
  rank: { source: 'model', units: { rank: 'count', limit: 'count' } },
  horizon: { source: 'paper book', units: { sessions: 'sessions', horizon: 'sessions' } },
  'not-eligible': { source: 'bars', units: {} },
  'risk-rule': { source: 'risk rules', units: { rule: 'name', before: 'fraction', after: 'fraction', reason: 'name' } },
  'breaks-stop': { source: 'bars', units: { stop: 'price', distance: 'fraction', judged: 'name', trailing: 'price' } },
  'falls-in-rank': { source: 'model', units: { limit: 'count', date: 'date', rank: 'count' } },
  'time-runs-out': { source: 'settings', units: { date: 'date', sessions: 'sessions' } },
  'earnings-due': { source: 'earnings reports', units: { sessions: 'sessions' } },
  'misses-interval': { source: 'model', units: { price: 'price', low: 'fraction', coverage: 'fraction', date: 'date' } },
} as const satisfies Record<string, EvidenceKind>;

export type EvidenceCode = keyof typeof EVIDENCE_KINDS;

/** Something that speaks for or against a decision, by its kind, with the numbers a person needs to check it; known at the close of the decision's session. */
export type Evidence = {
  [Code in EvidenceCode]: { readonly code: Code; readonly values: { readonly [Field in keyof (typeof EVIDENCE_KINDS)[Code]['units']]?: number | string } };
}[EvidenceCode];

/** Its numbers by name, whatever its kind. */
export function valuesOf({ values }: Evidence): Readonly<Record<string, number | string>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
