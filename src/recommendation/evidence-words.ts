import { decimalText } from '../core/decimal-text.js';
import type { Feature } from '../features/feature.js';
import { FEATURES } from '../features/registry.js';
import type { EvidenceCode } from '../strategy/evidence.js';
import { FEATURE_LABELS } from './feature-labels.js';
import { percent as percentText, signedPercent, size, valueWords } from './value-words.js';

type Values = Readonly<Record<string, number | string>>;

const capital = (text: string): string => `${text[0].toUpperCase()}${text.slice(1)}`;
const number = (value: number | string | undefined): string => Number(value).toPrecision(3).replace('-', '−');
const sessions = (count: number | string | undefined): string => `${count} ${Number(count) === 1 ? 'session' : 'sessions'}`;
const percent = (value: number | string | undefined, digits = 1): string => percentText(Number(value), digits);
const signed = (value: number | string | undefined, digits = 1): string => signedPercent(Number(value), digits);
const money = (value: number | string | undefined): string => decimalText(Number(value), 2);
const millions = (value: number | string | undefined): string => `${decimalText(Number(value) / 1e6, 0)} million`;

const KNOWN: ReadonlyMap<string, Feature> = new Map(FEATURES.map((feature) => [feature.name, feature]));

/** A sentence on a feature that moved a score: `Fell 6.1 % over the last week, lower than 96 % of the members: raises its score, 12 % of all that moved it (return-5).` */
function driverWords(v: Values): string {
  const name = String(v['feature']);
  const raises = Number(v['contribution']) >= 0;
  const part = v['share'] === undefined ? '' : `, ${percent(Number(v['share']), Number(v['share']) < 0.1 ? 1 : 0)} of all that moved it`;
  return `${knownWords(name, v['value'])}${placeWords(v['rank'])}: ${raises ? 'raises' : 'lowers'} its score${part} (${name}).`;
}

/** The same of a network, which reads a feature over many sessions: of them the value is tonight's alone. */
function networkDriverWords(v: Values): string {
  const name = String(v['feature']);
  const way = Number(v['contribution']) >= 0 ? 'raises' : 'lowers';
  const part = v['share'] === undefined ? '' : `, ${percent(v['share'], 0)} of what its own features moved`;
  return `For ${v['network']}: ${knownWords(name, v['value'])}${placeWords(v['rank'])}; over the sessions that it read this ${way} its score${part} (${name}).`;
}

/** A feature and its value in short words where there are some, else as the registry has it. */
function knownWords(name: string, value: number | string | undefined): string {
  const feature = KNOWN.get(name);
  const words = capital(feature?.describe ?? name);
  if (value === undefined) return `${words} unknown`;
  return FEATURE_LABELS.get(name)?.(Number(value)) ?? `${words} ${valueWords(Number(value), feature?.unit)}`;
}

function placeWords(rank: number | string | undefined): string {
  if (rank === undefined) return '';
  return Number(rank) < 0.5 ? `, lower than ${share(1 - Number(rank))} of the members` : `, higher than ${share(Number(rank))} of the members`;
}

/** A name is never above all members: it is one of them. */
const share = (fraction: number): string => percent(Math.min(0.99, fraction), 0);

/** Where a feature stands, and on which side of its level the signal that it answers wants it. */
function signalWords(v: Values): string {
  const unit = KNOWN.get(String(v['feature']))?.unit;
  const side = v['above'] === undefined ? `below ${valueWords(Number(v['below']), unit)}` : `above ${valueWords(Number(v['above']), unit)}`;
  return `${knownWords(String(v['feature']), v['value'])}: the signal asks for ${side} (${v['feature']}).`;
}

/** What a priority is made of, by what helps and what costs: the score, traded value and signals add to it, a wide interval and volatility take off. */
function priorityWords(v: Values): string {
  const helps = `a score above ${share(Number(v['score']))} of them, traded value above ${share(Number(v['liquidity']))} and ${percent(Number(v['signals']), 0)} of the signals help`;
  const costs = `an interval wider than ${share(Number(v['uncertainty']))} and volatility above ${share(Number(v['volatility']))} cost`;
  return `Priority ${number(v['priority'])}, rank ${v['rank']} of ${v['of']}: ${helps}; ${costs}.`;
}

/** How a stop is passed, at a close or within a session, and what then; one that follows the price may stand higher by then. */
function breaksStopWords(v: Values): string {
  const away = `${size(Number(v['distance']))} ${Number(v['distance']) < 0 ? 'below' : 'above'} the last close`;
  const follows = v['trailing'] === undefined ? '' : `, or where the stop stands by then, ${money(v['trailing'])} below the highest close`;
  const level = `at or below ${money(v['stop'])}, ${away}${follows}`;
  return v['judged'] === 'close' ? `It closes ${level}: it is sold at the open after.` : `It trades ${level}: the stop sells it.`;
}

/** A sentence for each kind of evidence; every number in it stands in the evidence too. */
export const SENTENCES: Readonly<Record<EvidenceCode, (values: Values) => string>> = {
  momentum: (v) => `Returned ${signed(v['return'])} from twelve months ago to one month ago: rank ${v['rank']} of ${v['of']} ranked members.`,
  'model-rank': (v) => `${v['model']} gives it a score of ${number(v['score'])}.`,
  'mean-of-ranks': (v) => `Its score is the mean of two ranks: ${v['model']} puts it above ${share(Number(v['rank']))} of the members, ${v['network']} above ${share(Number(v['networkRank']))}. What is said of returns below is what the first rank alone was followed by.`,
  'network-driver': networkDriverWords,
  'network-sessions': (v) => `Of the ${v['window']} sessions that the network read, the last ${sessions(v['sessions'])} have ${percent(v['share'], 0)} of its attention.`,
  'network-neighbours': (v) => `It listened most to ${v['names']} (${percent(v['share'], 0)} of what it heard); what it heard of others and of the market ${Number(v['effect']) >= 0 ? 'raises' : 'lowers'} the network's score by ${number(Math.abs(Number(v['effect'])))} expected deviations.`,
  priority: priorityWords,
  signal: signalWords,
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
  'stop-rest': (v) => `Its stop was touched, and the market took only a part: the ${v['shares']} shares that are left are sold too.`,
  target: (v) => `The close of ${money(v['close'])} is at or above the target of ${money(v['target'])}.`,
  rank: (v) => `Fell to rank ${v['rank']}, beyond the limit of ${v['limit']}.`,
  horizon: (v) => `Held for ${v['sessions']} sessions, its horizon of ${v['horizon']}.`,
  'not-eligible': () => 'No longer eligible: not a member, too little history, too illiquid, or its price is suspect.',
  'risk-rule': (v) => String(v['reason']),
  'breaks-stop': breaksStopWords,
  'falls-in-rank': (v) => `On the evening of ${v['date']} or later its rank is beyond ${v['limit']}${v['rank'] === undefined ? '' : `, it is ${v['rank']} now`}: the model no longer speaks for it.`,
  'time-runs-out': (v) => `By ${v['date']} it has neither reached its target nor moved on: after ${sessions(v['sessions'])} the trade is over.`,
  'earnings-due': (v) => `A report of earnings is expected within ${sessions(v['sessions'])}: it may move the price by more than all else here.`,
  'misses-interval': (v) => `At the open of ${v['date']} it stands below about ${money(v['price'])}, ${signed(v['low'])} from here: about ${percent((1 - Number(v['coverage'])) / 2, 0)} of such trades did.`,
};
