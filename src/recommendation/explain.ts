import type { Feature, FeatureUnit } from '../features/feature.js';
import { FEATURES } from '../features/registry.js';
import type { Evidence } from '../strategy/strategy.js';
import type { Reason } from './recommendation.js';

type Values = Evidence['values'];

const percent = (value: number | string | undefined, digits = 1): string => `${(100 * Number(value)).toFixed(digits)} %`;
const signed = (value: number | string | undefined, digits = 1): string => `${Number(value) < 0 ? '−' : '+'}${Math.abs(100 * Number(value)).toFixed(digits)} %`;
const money = (value: number | string | undefined): string => Number(value).toFixed(2);
const millions = (value: number | string | undefined): string => `${(Number(value) / 1e6).toFixed(0)} million`;

/** A sentence on a feature that moved a score: `Return of the last 5 sessions (return-5) −6.10 %, below 96 % of the members: raises the score by 0.30.` */
function driverWords(v: Values): string {
  const name = String(v['feature']);
  const feature = KNOWN.get(name);
  const words = feature === undefined ? name : `${feature.describe[0].toUpperCase()}${feature.describe.slice(1)} (${name})`;
  const effect = `${Number(v['contribution']) < 0 ? 'lowers' : 'raises'} the score by ${Math.abs(Number(v['contribution'])).toPrecision(2)}`;
  if (v['value'] === undefined) return `${words} unknown: ${effect}.`;
  const rank = Number(v['rank']);
  const place = v['rank'] === undefined ? '' : rank < 0.5 ? `, below ${share(1 - rank)} of the members` : `, above ${share(rank)} of the members`;
  return `${words} ${valueWords(Number(v['value']), feature?.unit)}${place}: ${effect}.`;
}

/** A name is never above all members: it is one of them. */
const share = (fraction: number): string => percent(Math.min(0.99, fraction), 0);

const KNOWN: ReadonlyMap<string, Feature> = new Map(FEATURES.map((feature) => [feature.name, feature]));

function valueWords(value: number, unit: FeatureUnit | undefined): string {
  if (unit === 'return' || unit === 'annualized return' || unit === 'fraction per year') return signed(value, 2);
  if (unit === 'fraction' || unit === 'annualized volatility') return percent(value, 1).replace('-', '−');
  return Number(value.toPrecision(3)).toString().replace('-', '−');
}

/** A sentence for each kind of evidence; every number in it stands in the evidence too. */
const SENTENCES: Readonly<Record<string, (values: Values) => string>> = {
  momentum: (v) => `Returned ${signed(v['return'])} from twelve months ago to one month ago: rank ${v['rank']} of ${v['of']} ranked members.`,
  'model-rank': (v) => `Rank ${v['rank']} of ${v['of']} by ${v['model']}.`,
  driver: driverWords,
  'other-features': (v) => `All other features together: ${Number(v['rest']).toPrecision(2).replace('-', '−')}, which makes the score of ${Number(v['score']).toPrecision(3).replace('-', '−')}.`,
  forecast: (v) => `Past members of this rank and volatility earned ${signed(v['expectedReturn'])} on average over ${v['horizon']} sessions${v['edge'] === undefined ? '' : `, ${signed(v['edge'], 2)} of it due to the rank and the rest to the market`}; ${percent(v['coverage'], 0)} of the outcomes lay between ${signed(v['low'])} and ${signed(v['high'])}.`,
  size: (v) => `Weight ${percent(v['weight'])}: sized so that a volatility of ${percent(v['volatility'], 0)} a year counts as ${percent(v['targetVolatility'], 0)}, spread over ${v['top']} names.`,
  levels: (v) => `Stop at ${money(v['stop'])} and target at ${money(v['target'])}: ${v['stopRanges']} and ${v['targetRanges']} average daily ranges of ${money(v['range'])}.`,
  liquidity: (v) => `Trades ${millions(v['dollarVolume'])} a session (median of a month).`,
  held: (v) => `Held for ${v['sessions']} ${Number(v['sessions']) === 1 ? 'session' : 'sessions'} with a return of ${signed(v['return'])}${v['rank'] === undefined ? '' : `; rank ${v['rank']} of ${v['of']}`}.`,
  stop: (v) => `The close of ${money(v['close'])} is at or below the stop of ${money(v['stop'])}.`,
  target: (v) => `The close of ${money(v['close'])} is at or above the target of ${money(v['target'])}.`,
  rank: (v) => `Fell to rank ${v['rank']}, beyond the limit of ${v['limit']}.`,
  horizon: (v) => `Held for ${v['sessions']} sessions, its horizon of ${v['horizon']}.`,
  'not-eligible': () => 'No longer eligible: not a member, too little history, too illiquid, or its price is suspect.',
};

/** The evidence of a decision as sentences. */
export function explain(evidence: readonly Evidence[]): Reason[] {
  return evidence.map(({ code, values }) => ({ code, text: SENTENCES[code]?.(values) ?? `${code}: ${JSON.stringify(values)}`, values }));
}
