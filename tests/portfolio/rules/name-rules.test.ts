import { describe, expect, it } from 'vitest';

import { only } from './book.js';
import { allHeld, outcomeOf } from './outcome.js';

const NAN = Number.NaN;

describe('restricted-list', () => {
  const rules = { restrictedList: { symbols: ['B', 'C', 'D'] } };

  it('refuses what is to be bought and leaves what is held', () => {
    const { weights, words, readings } = outcomeOf(rules, { A: 0.05, B: 0.05, C: 0.06, D: 0.07 }, { C: { held: 0.06 }, D: { held: 0.04 } });
    expect(weights).toEqual({ A: 0.05, B: 0, C: 0.06, D: 0.04 });
    expect(words).toEqual(['D: Cut from 7.0 % to 4.0 %: D is on the restricted list.', 'B: Cut from 5.0 % to 0.0 %: B is on the restricted list.']);
    expect(readings).toEqual({ 'restricted-list': [2, 0] });
  });

  it('lets a held name be sold', () => {
    expect(outcomeOf(rules, { C: 0 }, { C: { held: 0.06 } }).weights).toEqual({ C: 0 });
  });
});

describe('min-dollar-volume', () => {
  it('refuses purchases of what trades less, or nobody knows how much', () => {
    const { weights, words } = outcomeOf({ minDollarVolume: { min: 5e6 } }, { A: 0.05, B: 0.05, C: 0.05, D: 0.05 }, { A: { dollarVolume: 5e6 }, B: { dollarVolume: 4.9e6 }, C: { dollarVolume: NAN }, D: { dollarVolume: 1, held: 0.05 } });
    expect(weights).toEqual({ A: 0.05, B: 0, C: 0, D: 0.05 });
    expect(words).toEqual(['C: Cut from 5.0 % to 0.0 %: traded value a session is not known, at least 5.0 million asked for.', 'B: Cut from 5.0 % to 0.0 %: traded value a session is 4.9 million, at least 5.0 million asked for.']);
  });

  it('takes what is not known for what the settings say', () => {
    expect(outcomeOf({ minDollarVolume: { min: 5e6, unknown: 6e6 } }, { A: 0.05 }, { A: { dollarVolume: NAN } }).weights).toEqual({ A: 0.05 });
  });
});

describe('max-participation', () => {
  it('cuts a purchase to its share of what is traded, beside what is held', () => {
    const { weights, words } = outcomeOf({ maxParticipation: { max: 0.02 } }, { A: 0.05, B: 0.05, C: 0.05 }, { A: { dollarVolume: 1e6 }, B: { dollarVolume: 1e6, held: 0.04 }, C: { dollarVolume: 3e6 } });
    expect(weights).toEqual({ A: 0.02, B: 0.05, C: 0.05 });
    expect(words).toEqual(['A: Cut from 5.0 % to 2.0 %: at most 2.0 % of the traded value a session, which is 1.0 million.']);
  });

  it('grows with equity', () => {
    expect(outcomeOf({ maxParticipation: { max: 0.02 } }, { A: 0.05 }, { A: { dollarVolume: 1e8 } }, { equity: 1e9 }).weights).toEqual({ A: 0.002 });
  });
});

describe('earnings-blackout', () => {
  const due = (sessionsToEarnings: number, horizon = 10): Record<string, number> => outcomeOf({ earningsBlackout: { sessions: 3 } }, { A: 0.05 }, { A: { sessionsToEarnings, horizon } }).weights;

  it.each([[3, 0], [4, 0.05], [1, 0], [0, 0], [-2, 0], [NAN, 0.05]])('with a report in %d sessions buys %d', (sessions, weight) => {
    expect(due(sessions)).toEqual({ A: weight });
  });

  it('does not mind a report after the name is to be left', () => {
    expect(due(3, 2)).toEqual({ A: 0.05 });
    expect(due(2, 2)).toEqual({ A: 0 });
  });

  it('never sells, and says how near the report is', () => {
    const rules = { earningsBlackout: { sessions: 3 } };
    expect(outcomeOf(rules, { A: 0.05 }, { A: { sessionsToEarnings: 1, held: 0.05 } }).weights).toEqual({ A: 0.05 });
    expect(outcomeOf(rules, { A: 0.05, B: 0.05, C: 0.05 }, { A: { sessionsToEarnings: 1 }, B: { sessionsToEarnings: 2 }, C: { sessionsToEarnings: -1 } }).words).toEqual([
      'C: Cut from 5.0 % to 0.0 %: earnings report overdue, nothing is bought within 3 of one.',
      'B: Cut from 5.0 % to 0.0 %: earnings report expected in 2 sessions, nothing is bought within 3 of one.',
      'A: Cut from 5.0 % to 0.0 %: earnings report expected in 1 session, nothing is bought within 3 of one.',
    ]);
  });
});

describe('max-pairwise-correlation', () => {
  const pairs = (high: readonly string[]): { correlation: (a: string, b: string) => number } => ({ correlation: (a, b) => (high.includes(a + b) || high.includes(b + a) ? 0.97 : 0.2) });
  const rules = { maxPairwiseCorrelation: { max: 0.95 } };

  it('takes the more important of two purchases', () => {
    const { weights, words, readings } = outcomeOf(rules, { A: 0.05, B: 0.05, C: 0.05 }, {}, pairs(['AC']));
    expect(weights).toEqual({ A: 0.05, B: 0.05, C: 0 });
    expect(words).toEqual(['C: Cut from 5.0 % to 0.0 %: correlation with A is 0.97, at most 0.95 is let in.']);
    expect(readings['max-pairwise-correlation']).toEqual([0.97, 0.2]);
  });

  it('lets a name in whose only likeness was refused', () => {
    expect(outcomeOf(rules, { A: 0.05, B: 0.05, C: 0.05 }, {}, pairs(['AB', 'BC'])).weights).toEqual({ A: 0.05, B: 0, C: 0.05 });
  });

  it('leaves what is held, however alike and unimportant, and refuses what is like it', () => {
    expect(outcomeOf(rules, { A: 0.05, B: 0.05, C: 0.05 }, { B: { held: 0.05 }, C: { held: 0.05 } }, pairs(['BC', 'AC'])).weights).toEqual({ A: 0, B: 0.05, C: 0.05 });
  });

  it('does not mind what is to be left', () => {
    expect(outcomeOf(rules, { A: 0.05, B: 0 }, { B: { held: 0.05 } }, pairs(['AB'])).weights).toEqual({ A: 0.05, B: 0 });
  });

  it('refuses what is not known, unless told what to take it for', () => {
    expect(outcomeOf(rules, { A: 0.05, B: 0.05 }, {}, { correlation: () => NAN }).weights).toEqual({ A: 0.05, B: 0 });
    expect(outcomeOf({ maxPairwiseCorrelation: { max: 0.95, unknown: 0.5 } }, { A: 0.05, B: 0.05 }, {}, { correlation: () => NAN }).weights).toEqual({ A: 0.05, B: 0.05 });
  });
});

describe('max-weight', () => {
  it('cuts what is bought and what is held to the limit, but nothing that is locked', () => {
    const { weights, words, readings, conflicts } = outcomeOf({ maxWeight: { max: 0.1 } }, { A: 0.12, B: 0.13, C: 0.14, D: 0.1 }, { B: { held: 0.13 }, C: { held: 0.14, locked: true } });
    expect(weights).toEqual({ A: 0.1, B: 0.1, C: 0.14, D: 0.1 });
    expect(words).toEqual(['A: Cut from 12.0 % to 10.0 %: no name may be more than 10.0 % of equity.', 'B: Cut from 13.0 % to 10.0 %: no name may be more than 10.0 % of equity.']);
    expect(readings['max-weight']).toEqual([0.14, 0.14]);
    expect(conflicts).toBe(1);
  });

  it('cuts what would be added to a locked name', () => {
    expect(outcomeOf({ maxWeight: { max: 0.1 } }, { A: 0.2 }, { A: { held: 0.14, locked: true } }).weights).toEqual({ A: 0.14 });
  });
});

describe('name-gap-risk', () => {
  it('cuts a name to what its bad night may cost', () => {
    const { weights, words } = outcomeOf({ nameGapRisk: { max: 0.01, unknown: 0.25 } }, { A: 0.08, B: 0.08, C: 0.08 }, { A: { gapLoss: 0.2 }, B: { gapLoss: 0.12 }, C: { gapLoss: NAN, held: 0.08 } });
    expect(weights).toEqual({ A: 0.05, B: 0.08, C: 0.04 });
    expect(words).toEqual([
      'A: Cut from 8.0 % to 5.0 %: its loss in a bad night is 20.0 %, which may cost at most 1.0 % of equity.',
      'C: Cut from 8.0 % to 4.0 %: its loss in a bad night is not known, which may cost at most 1.0 % of equity.',
    ]);
  });
});

describe('sector-cap', () => {
  const sectors = { A: { sector: 'Energy' }, B: { sector: 'Energy' }, C: { sector: 'Utilities' }, D: { sector: 'Energy' } };

  it('cuts the least important of the sector first, and only as far as needed', () => {
    const { weights, words, readings } = outcomeOf({ sectorCap: { max: 0.25 } }, { A: 0.1, B: 0.1, C: 0.2, D: 0.1 }, sectors);
    expect(weights).toEqual({ A: 0.1, B: 0.1, C: 0.2, D: 0.05 });
    expect(words).toEqual(['D: Cut from 10.0 % to 5.0 %: sector Energy is at its cap of 25.0 %.']);
    expect(readings['sector-cap'].map((value) => value!.toFixed(6))).toEqual(['0.300000', '0.250000']);
  });

  it('cuts purchases before anything held, however unimportant', () => {
    const held = { ...sectors, D: { sector: 'Energy', held: 0.1 } };
    expect(outcomeOf({ sectorCap: { max: 0.25 } }, { A: 0.1, B: 0.1, C: 0.2, D: 0.1 }, held).weights).toEqual({ A: 0.1, B: 0.05, C: 0.2, D: 0.1 });
    expect(outcomeOf({ sectorCap: { max: 0.05 } }, { A: 0.1, B: 0.1, C: 0.05, D: 0.1 }, held).weights).toEqual({ A: 0, B: 0, C: 0.05, D: 0.05 });
  });

  it('takes names of unknown sector for one', () => {
    const { weights, words } = outcomeOf({ sectorCap: { max: 0.15 } }, { A: 0.1, B: 0.1 }, { A: { sector: null }, B: { sector: null } });
    expect(weights).toEqual({ A: 0.1, B: 0.05 });
    expect(words).toEqual(['B: Cut from 10.0 % to 5.0 %: sector unknown is at its cap of 15.0 %.']);
  });
});

describe('limits on one name and on a sector', () => {
  it('trim what is held where it grew beyond them', () => {
    const { weights } = outcomeOf({ maxWeight: { max: 0.1 }, sectorCap: { max: 0.15 } }, ...allHeld({ A: 0.12, B: 0.08 }));
    expect(weights).toEqual({ A: 0.1, B: 0.05 });
  });

  it('are off when switched off, whatever else they say', () => {
    expect(only({ maxWeight: { max: 0.1 } }).sectorCap.enabled).toBe(false);
    expect(outcomeOf({}, { A: 0.9 }).weights).toEqual({ A: 0.9 });
  });
});
