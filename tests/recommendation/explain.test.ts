import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { isoDate } from '../../src/core/dates.js';
import { explain } from '../../src/recommendation/explain.js';
import type { Reason } from '../../src/recommendation/recommendation.js';
import { EVIDENCE_KINDS, type Evidence, type EvidenceCode } from '../../src/strategy/evidence.js';

const SOURCES = ['strategy', 'recommendation'].map((name) => join(import.meta.dirname, '../../src', name));
const ASOF = isoDate('2018-02-07');
const CODES = Object.keys(EVIDENCE_KINDS) as EvidenceCode[];

/** Codes of all evidence that strategies and forecasts write, read from their source; codes of errors are in capitals. */
async function writtenCodes(): Promise<string[]> {
  const folders = await Promise.all(SOURCES.map(async (folder) => (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts')).map((name) => join(folder, name))));
  const texts = await Promise.all(folders.flat().map((file) => readFile(file, 'utf8')));
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/\bcode: '([a-z][^']*)'/g)].map(([, code]) => code)))].sort();
}

const VALUES: Readonly<Record<EvidenceCode, Readonly<Record<string, number | string>>>> = {
  momentum: { return: 0.25, rank: 3, of: 400 },
  'model-rank': { model: 'LightGBM', score: 0.4 },
  driver: { feature: 'return-5', value: -0.061, rank: 0.04, contribution: 0.3 },
  'other-features': { rest: -0.2, score: 0.1 },
  'mean-of-ranks': { model: 'LightGBM, learnt through 2017-12-29', rank: 0.97, network: 'the foundation network, learnt through 2017-12-29', networkRank: 0.884 },
  'network-driver': { network: 'the foundation network', feature: 'return-5', contribution: -0.02, share: 0.31, value: -0.061, rank: 0.04 },
  'network-sessions': { sessions: 5, share: 0.42, window: 21 },
  'network-neighbours': { names: 'XOM, CVX, COP', share: 0.38, effect: 0.0312 },
  priority: { priority: 0.8123, rank: 3, of: 400, score: 0.97, uncertainty: 0.4, liquidity: 0.88, volatility: 0.25, signals: 0.5 },
  signal: { feature: 'distance-to-mean-200', value: 0.0712, above: 0 },
  forecast: { expectedReturn: -0.004, edge: 0.0012, low: -0.06, high: 0.05, coverage: 0.9, horizon: 10 },
  size: { weight: 0.0312, volatility: 0.24, targetVolatility: 0.15, top: 20, method: 'volatility-target' },
  levels: { stop: 94.1, target: 113.249, range: 1.5, stopRanges: 3, targetRanges: 5 },
  'structure-stop': { stop: 94.125, low: 94.5, sessions: 20, target: 107.5, range: 1.5, targetRanges: 5 },
  trailing: { distance: 4.5, ranges: 3 },
  limit: { limit: 99.6, close: 100, ranges: 0.25 },
  liquidity: { dollarVolume: 123_400_000 },
  held: { sessions: 4, return: 0.013, rank: 12, of: 400 },
  stop: { close: 89.5, stop: 90 },
  'stop-rest': { shares: 120, stop: 90 },
  target: { close: 110.5, target: 110 },
  rank: { rank: 44, limit: 40 },
  horizon: { sessions: 10, horizon: 10 },
  'not-eligible': {},
  'risk-rule': { rule: 'sector-cap', before: 0.06, after: 0.042, reason: 'Cut from 6.0 % to 4.2 %: sector Energy is at its cap of 35.0 %.' },
  'breaks-stop': { stop: 94.1, distance: -0.0312 },
  'falls-in-rank': { limit: 40, date: '2018-02-12', rank: 3 },
  'time-runs-out': { date: '2018-02-14', sessions: 5 },
  'earnings-due': { sessions: 4 },
  'misses-interval': { price: 94.8, low: -0.052, coverage: 0.8, date: '2018-02-14' },
};

const TEXTS: Readonly<Record<EvidenceCode, string>> = {
  momentum: 'Returned +25.0 % from twelve months ago to one month ago: rank 3 of 400 ranked members.',
  'model-rank': 'LightGBM gives it a score of 0.400.',
  driver: 'Fell 6.1 % over the last week, lower than 96 % of the members: raises its score (return-5).',
  'other-features': 'All other features together: −0.20, which makes the score of 0.100.',
  'mean-of-ranks': 'Its score is the mean of two ranks: LightGBM, learnt through 2017-12-29 puts it above 97 % of the members, the foundation network, learnt through 2017-12-29 above 88 %. What is said of returns below is what the first rank alone was followed by.',
  'network-driver': 'For the foundation network: Fell 6.1 % over the last week, lower than 96 % of the members; over the sessions that it read this lowers its score, 31 % of what its own features moved (return-5).',
  'network-sessions': 'Of the 21 sessions that the network read, the last 5 sessions have 42 % of its attention.',
  'network-neighbours': "It listened most to XOM, CVX, COP (38 % of what it heard); what it heard of others and of the market raises the network's score by 0.0312 expected deviations.",
  priority: 'Priority 0.812, rank 3 of 400: a score above 97 % of them, traded value above 88 % and 50 % of the signals help; an interval wider than 40 % and volatility above 25 % cost.',
  signal: 'Stands 7.1 % above its mean of forty weeks: the signal asks for above 0.0 % (distance-to-mean-200).',
  forecast: 'Past members of this rank and volatility earned −0.4 % on average over 10 sessions, +0.12 % of it due to the rank and the rest to the market; 90 % of the outcomes lay between −6.0 % and +5.0 %.',
  size: 'Weight 3.1 %: sized so that a volatility of 24 % a year counts as 15 %, spread over 20 names.',
  levels: 'Stop at 94.10 and target at 113.25: 3 and 5 average daily ranges of 1.50.',
  'structure-stop': 'Stop at 94.13, a quarter of a daily range below the low of 94.50 of 20 sessions; target at 107.50: 5 average daily ranges of 1.50.',
  trailing: 'The stop follows 4.50 below the highest close since the entry: 3 average daily ranges.',
  limit: 'To be bought at 99.60 or less, 0.25 average daily ranges below the close of 100.00.',
  liquidity: 'Trades 123 million a session (median of a month).',
  held: 'Held for 4 sessions with a return of +1.3 %; rank 12 of 400.',
  'stop-rest': 'Its stop was touched, and the market took only a part: the 120 shares that are left are sold too.',
  stop: 'The close of 89.50 is at or below the stop of 90.00.',
  target: 'The close of 110.50 is at or above the target of 110.00.',
  rank: 'Fell to rank 44, beyond the limit of 40.',
  horizon: 'Held for 10 sessions, its horizon of 10.',
  'not-eligible': 'No longer eligible: not a member, too little history, too illiquid, or its price is suspect.',
  'risk-rule': 'Cut from 6.0 % to 4.2 %: sector Energy is at its cap of 35.0 %.',
  'breaks-stop': 'It trades at or below 94.10, 3.1 % below the last close: the stop sells it.',
  'falls-in-rank': 'On the evening of 2018-02-12 or later its rank is beyond 40, it is 3 now: the model no longer speaks for it.',
  'time-runs-out': 'By 2018-02-14 it has neither reached its target nor moved on: after 5 sessions the trade is over.',
  'earnings-due': 'A report of earnings is expected within 4 sessions: it may move the price by more than all else here.',
  'misses-interval': 'At the open of 2018-02-14 it stands below about 94.80, −5.2 % from here: about 10 % of such trades did.',
};

const said = (code: EvidenceCode, changes: Readonly<Record<string, number | string | undefined>> = {}): Reason => explain([{ code, values: { ...VALUES[code], ...changes } } as Evidence], ASOF)[0];

describe('explain', () => {
  it('knows a sentence for every kind of evidence, and every kind is written by someone', async () => {
    expect(await writtenCodes()).toEqual([...CODES].sort());
    expect(Object.keys(VALUES).sort()).toEqual([...CODES].sort());
  });

  it.each(CODES)('says of %s what its numbers say', (code) => {
    expect(said(code).text).toBe(TEXTS[code]);
  });

  it.each(CODES)('says of %s in which units, from where, and when', (code) => {
    const { values, units, source, asOf } = said(code);
    expect(values).toEqual(VALUES[code]);
    expect(Object.keys(units)).toEqual(Object.keys(values));
    for (const [name, unit] of Object.entries(units)) expect(unit, name).toMatch(/^[a-z][a-z -]*$/);
    expect(source).toBe(EVIDENCE_KINDS[code].source);
    expect(asOf).toBe(ASOF);
  });

  it('counts every number that a kind may hold in some unit', () => {
    for (const code of CODES) expect(Object.keys(EVIDENCE_KINDS[code].units), code).toEqual(expect.arrayContaining(Object.keys(VALUES[code])));
  });

  it('gives values of a feature the unit of that feature', () => {
    expect(said('driver').units).toEqual({ feature: 'name', value: 'return', rank: 'fraction', contribution: 'score' });
    expect(said('signal', { feature: 'no-such-feature' }).units).toMatchObject({ value: 'number', above: 'number' });
  });

  it('leaves out what is not there', () => {
    expect(said('forecast', { edge: undefined })).toMatchObject({ text: 'Past members of this rank and volatility earned −0.4 % on average over 10 sessions; 90 % of the outcomes lay between −6.0 % and +5.0 %.', values: expect.not.objectContaining({ edge: undefined }) });
    expect(Object.keys(said('forecast', { edge: undefined }).units)).not.toContain('edge');
    expect(said('falls-in-rank', { rank: undefined }).text).toBe('On the evening of 2018-02-12 or later its rank is beyond 40: the model no longer speaks for it.');
    expect(said('held', { rank: undefined, of: undefined }).text).toBe('Held for 4 sessions with a return of +1.3 %.');
    expect(said('driver', { value: undefined, rank: undefined }).text).toBe('Return of the last 5 sessions unknown: raises its score (return-5).');
    expect(said('driver', { rank: undefined, contribution: -0.3 }).text).toBe('Fell 6.1 % over the last week: lowers its score (return-5).');
  });

  it('tells how much of all that moved a score a feature is, and of a feature without short words what the registry says', () => {
    const share = { share: 0.1184 } as Record<string, number>;
    expect(said('driver', share).text).toBe('Fell 6.1 % over the last week, lower than 96 % of the members: raises its score, 12 % of all that moved it (return-5).');
    expect(said('driver', { ...share, feature: 'alpha158-std-30', value: 0.0213 }).text).toMatch(/^Standard deviation .* 30 sessions divided by the close 0\.0213, lower than 96 % of the members: raises its score, 12 % of all that moved it \(alpha158-std-30\)\.$/);
    expect(said('driver', { share: 0.004, feature: 'a-feature-of-ones-own' }).text).toContain('A-feature-of-ones-own −0.061, lower than 96 % of the members: raises its score, 0.4 % of all that moved it (a-feature-of-ones-own).');
  });

  it('names the method by which a name was sized', () => {
    expect(said('size', { method: 'hierarchical-risk-parity' }).text).toBe('Weight 3.1 % by hierarchical risk parity over the names to enter; its own volatility is 24 % a year, the book aims at 15 %.');
  });

  it('says on which side of a level a signal lies, and of the last close a stop', () => {
    expect(said('signal', { above: undefined, below: 0.5 }).text).toBe('Stands 7.1 % above its mean of forty weeks: the signal asks for below 50.0 % (distance-to-mean-200).');
    expect(said('breaks-stop', { distance: 0.012 }).text).toBe('It trades at or below 94.10, 1.2 % above the last close: the stop sells it.');
    expect(said('breaks-stop', { judged: 'touch' }).text).toBe(TEXTS['breaks-stop']);
    expect(said('breaks-stop', { judged: 'close' }).text).toBe('It closes at or below 94.10, 3.1 % below the last close: it is sold at the open after.');
    expect(said('breaks-stop', { judged: 'touch', trailing: 4.5 }).text).toBe('It trades at or below 94.10, 3.1 % below the last close, or where the stop stands by then, 4.50 below the highest close: the stop sells it.');
  });

  it('says which way the others moved the score of a network', () => {
    expect(said('network-neighbours', { effect: -0.0312 }).text).toContain("lowers the network's score by 0.0312 expected deviations");
    expect(said('network-driver', { value: undefined, rank: undefined }).text).toBe('For the foundation network: Return of the last 5 sessions unknown; over the sessions that it read this lowers its score, 31 % of what its own features moved (return-5).');
  });

  it('speaks of one session as one', () => {
    expect(said('held', { sessions: 1, return: -0.02, rank: undefined }).text).toBe('Held for 1 session with a return of −2.0 %.');
    expect(said('earnings-due', { sessions: 1 }).text).toContain('within 1 session:');
    expect(said('time-runs-out', { sessions: 1 }).text).toContain('after 1 session the trade');
  });

  it('keeps the order of the evidence', () => {
    expect(explain([{ code: 'stop', values: VALUES.stop }, { code: 'held', values: VALUES.held }], ASOF).map(({ code }) => code)).toEqual(['stop', 'held']);
    expect(explain([], ASOF)).toEqual([]);
  });
});
