import type { Feature, FeatureUnit } from '../features/feature.js';
import { FEATURES } from '../features/registry.js';
import type { EvidenceCode } from '../strategy/evidence.js';

type Values = Readonly<Record<string, number | string>>;

const capital = (text: string): string => `${text[0].toUpperCase()}${text.slice(1)}`;
const number = (value: number | string | undefined): string => Number(value).toPrecision(3).replace('-', '−');
const sessions = (count: number | string | undefined): string => `${count} ${Number(count) === 1 ? 'session' : 'sessions'}`;
/** A percent rank in words: `above 97 %`. */
const above = (rank: number | string | undefined): string => `above ${percent(rank, 0)}`;
const percent = (value: number | string | undefined, digits = 1): string => `${(100 * Number(value)).toFixed(digits)} %`;
const signed = (value: number | string | undefined, digits = 1): string => `${Number(value) < 0 ? '−' : '+'}${Math.abs(100 * Number(value)).toFixed(digits)} %`;
const money = (value: number | string | undefined): string => Number(value).toFixed(2);
const millions = (value: number | string | undefined): string => `${(Number(value) / 1e6).toFixed(0)} million`;

/** A sentence on a feature that moved a score: `Return of the last 5 sessions (return-5) −6.10 %, below 96 % of the members: raises the score by 0.30.` */
function driverWords(v: Values): string {
  const name = String(v['feature']);
  const feature = KNOWN.get(name);
  const words = capital(describeFeature(name));
  const effect = `${Number(v['contribution']) < 0 ? 'lowers' : 'raises'} the score by ${Math.abs(Number(v['contribution'])).toPrecision(2)}`;
  if (v['value'] === undefined) return `${words} unknown: ${effect}.`;
  const rank = Number(v['rank']);
  const place = v['rank'] === undefined ? '' : rank < 0.5 ? `, below ${share(1 - rank)} of the members` : `, above ${share(rank)} of the members`;
  return `${words} ${valueWords(Number(v['value']), feature?.unit)}${place}: ${effect}.`;
}

const describeFeature = (name: string): string => (KNOWN.has(name) ? `${KNOWN.get(name)!.describe} (${name})` : name);

/** A name is never above all members: it is one of them. */
const share = (fraction: number): string => percent(Math.min(0.99, fraction), 0);

const KNOWN: ReadonlyMap<string, Feature> = new Map(FEATURES.map((feature) => [feature.name, feature]));

function valueWords(value: number, unit: FeatureUnit | undefined): string {
  if (unit === 'return' || unit === 'annualized return' || unit === 'fraction per year') return signed(value, 2);
  if (unit === 'fraction' || unit === 'annualized volatility') return percent(value, 1).replace('-', '−');
  return Number(value.toPrecision(3)).toString().replace('-', '−');
}

/** A sentence for each kind of evidence; every number in it stands in the evidence too. */
export const SENTENCES: Readonly<Record<EvidenceCode, (values: Values) => string>> = {
  momentum: (v) => `Returned ${signed(v['return'])} from twelve months ago to one month ago: rank ${v['rank']} of ${v['of']} ranked members.`,
  'model-rank': (v) => `${v['model']} gives it a score of ${number(v['score'])}.`,
  priority: (v) => `Priority ${number(v['priority'])}, rank ${v['rank']} of ${v['of']}: score ${above(v['score'])}, interval ${above(v['uncertainty'])}, traded value ${above(v['liquidity'])}, volatility ${above(v['volatility'])}, signals ${percent(v['signals'], 0)}.`,
  signal: (v) => `${capital(describeFeature(String(v['feature'])))}: ${valueWords(Number(v['value']), KNOWN.get(String(v['feature']))?.unit)}, ${v['above'] === undefined ? `below ${valueWords(Number(v['below']), KNOWN.get(String(v['feature']))?.unit)}` : `above ${valueWords(Number(v['above']), KNOWN.get(String(v['feature']))?.unit)}`}.`,
  driver: driverWords,
  'other-features': (v) => `All other features together: ${Number(v['rest']).toPrecision(2).replace('-', '−')}, which makes the score of ${Number(v['score']).toPrecision(3).replace('-', '−')}.`,
  forecast: (v) => `Past members of this rank and volatility earned ${signed(v['expectedReturn'])} on average over ${v['horizon']} sessions${v['edge'] === undefined ? '' : `, ${signed(v['edge'], 2)} of it due to the rank and the rest to the market`}; ${percent(v['coverage'], 0)} of the outcomes lay between ${signed(v['low'])} and ${signed(v['high'])}.`,
  size: (v) => (v['method'] === 'volatility-target' || v['method'] === undefined ? `Weight ${percent(v['weight'])}: sized so that a volatility of ${percent(v['volatility'], 0)} a year counts as ${percent(v['targetVolatility'], 0)}, spread over ${v['top']} names.` : `Weight ${percent(v['weight'])} by ${String(v['method']).replaceAll('-', ' ')} over the names to enter; its own volatility is ${percent(v['volatility'], 0)} a year, the book aims at ${percent(v['targetVolatility'], 0)}.`),
  levels: (v) => `Stop at ${money(v['stop'])} and target at ${money(v['target'])}: ${v['stopRanges']} and ${v['targetRanges']} average daily ranges of ${money(v['range'])}.`,
  'structure-stop': (v) => `Stop at ${money(v['stop'])}, a quarter of a daily range below the low of ${money(v['low'])} of ${v['sessions']} sessions; target at ${money(v['target'])}: ${v['targetRanges']} average daily ranges of ${money(v['range'])}.`,
  trailing: (v) => `The stop follows ${money(v['distance'])} below the highest close since the entry: ${v['ranges']} average daily ranges.`,
  limit: (v) => `To be bought at ${money(v['limit'])} or less, ${v['ranges']} average daily ranges below the close of ${money(v['close'])}.`,
  liquidity: (v) => `Trades ${millions(v['dollarVolume'])} a session (median of a month).`,
  held: (v) => `Held for ${v['sessions']} ${Number(v['sessions']) === 1 ? 'session' : 'sessions'} with a return of ${signed(v['return'])}${v['rank'] === undefined ? '' : `; rank ${v['rank']} of ${v['of']}`}.`,
  stop: (v) => `The close of ${money(v['close'])} is at or below the stop of ${money(v['stop'])}.`,
  target: (v) => `The close of ${money(v['close'])} is at or above the target of ${money(v['target'])}.`,
  rank: (v) => `Fell to rank ${v['rank']}, beyond the limit of ${v['limit']}.`,
  horizon: (v) => `Held for ${v['sessions']} sessions, its horizon of ${v['horizon']}.`,
  'not-eligible': () => 'No longer eligible: not a member, too little history, too illiquid, or its price is suspect.',
  'risk-rule': (v) => String(v['reason']),
  'breaks-stop': (v) => `It trades at or below ${money(v['stop'])}, ${percent(Math.abs(Number(v['distance'])))} ${Number(v['distance']) < 0 ? 'below' : 'above'} the last close: the stop sells it.`,
  'falls-in-rank': (v) => `On the evening of ${v['date']} or later its rank is beyond ${v['limit']}${v['rank'] === undefined ? '' : `, it is ${v['rank']} now`}: the model no longer speaks for it.`,
  'time-runs-out': (v) => `By ${v['date']} it has neither reached its target nor moved on: after ${sessions(v['sessions'])} the trade is over.`,
  'earnings-due': (v) => `A report of earnings is expected within ${sessions(v['sessions'])}: it may move the price by more than all else here.`,
  'misses-interval': (v) => `At the open of ${v['date']} it stands below about ${money(v['price'])}, ${signed(v['low'])} from here: about ${percent((1 - Number(v['coverage'])) / 2, 0)} of such trades did.`,
};
