import fc from 'fast-check';
import { expect, it } from 'vitest';

import { formatEvidence } from '../../src/options/intelligence/evidence.js';
import { SIGNAL_FAMILIES, type DetectedSignal, type OptionsSignal } from '../../src/options/intelligence/signal.js';
import { OptionsHistory, type OptionsHistoryInput, type ViewChains } from '../../src/options/intelligence/view.js';
import { SUMMARY_COLUMN_NAMES } from '../../src/options/summary/columns.js';
import { madeInput, wanderingInput } from '../options/intelligence/made-history.js';

/** A history with the chains of some of its sessions. */
export interface SignalWorld {
  readonly input: OptionsHistoryInput;
  /** Chains of the session at a position, as far as there are any. */
  readonly chains: (t: number) => ViewChains;
}

interface Law {
  readonly name: string;
  /** Throws when the signal breaks it. */
  readonly check: (signal: OptionsSignal, worlds: readonly SignalWorld[]) => void;
}

const without = (input: OptionsHistoryInput): SignalWorld => ({ input, chains: () => ({}) });

/** Worlds of summaries alone; suites add some with chains. */
export const PLAIN_WORLDS: readonly SignalWorld[] = [1, 2, 3].map((seed) => without(wanderingInput(seed, seed === 1 ? 600 : 330)));

/** Positions looked at in each world. */
const positionsOf = ({ input: { sessions } }: SignalWorld): number[] => [...new Set([0, 1, 20, 39, 40, 45, 80, 150, 251, 252, 329, 520, 545, 561, sessions.length - 1])].filter((t) => t < sessions.length);

const detectAt = (signal: OptionsSignal, { input, chains }: SignalWorld, t: number): readonly DetectedSignal[] => signal.detect(new OptionsHistory(input).at(t, chains(t)));

/** Bounds, evidence and sentence of what was detected. */
export function requireSound(signal: OptionsSignal, detected: readonly DetectedSignal[]): void {
  for (const one of detected) {
    expect(one).toMatchObject({ signal: signal.name, family: signal.family, horizon: signal.horizon });
    expect(Math.abs(one.strength)).toBeLessThanOrEqual(1);
    expect(Math.sign(one.strength), one.direction).toBe(one.direction === 'down' ? -1 : 1);
    expect(one.confidence >= 0 && one.confidence <= 1, `${one.confidence}`).toBe(true);
    expect(Object.keys(one.units)).toEqual(Object.keys(one.evidence));
    for (const [name, value] of Object.entries(one.evidence)) expect(Number.isFinite(value), `${name} ${value}`).toBe(true);
    expect(one.sentence).toMatch(/^[A-Z].*\.$/);
    expect(strayNumbers(one), one.sentence).toBe('');
  }
}

/** What is left of a sentence's numbers once those of its evidence are taken out. */
function strayNumbers({ sentence, evidence, units }: DetectedSignal): string {
  const texts = Object.entries(evidence).map(([name, value]) => formatEvidence(value, units[name])).sort((a, b) => b.length - a.length);
  const rest = texts.reduce((left, text) => left.replace(new RegExp(`(?<![\\d.,])${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\d|[.,]\\d)`, 'g'), ' '), sentence);
  return (rest.match(/\d+/g) ?? []).join(' ');
}

const hostileNumber = fc.constantFrom(Number.NaN, 0, -1, 1, 1e-300, 1e300, -1e300, Infinity, -Infinity, 0.2, 100);

/** A hostile history: each column constant, absent, or of hostile numbers. */
const hostileInput: fc.Arbitrary<OptionsHistoryInput> = fc.integer({ min: 1, max: 60 }).chain((count) => {
  const column = fc.oneof(hostileNumber.map((value) => new Float64Array(count).fill(value)), fc.array(hostileNumber, { minLength: count, maxLength: count }).map((values) => Float64Array.from(values)));
  return fc.tuple(fc.dictionary(fc.constantFrom(...SUMMARY_COLUMN_NAMES), column), column).map(([columns, close]) => ({ ...madeInput({ sessions: count }), columns, close }));
});

/** What every signal of the registry promises. */
export const SIGNAL_LAWS: readonly Law[] = [
  {
    name: 'says what it is, what it reads and where it comes from',
    check({ name, describe, family, source, needs, horizon, minHistory, lookback }) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(describe).toMatch(/^[A-Z].{30,}\.$/);
      expect(SIGNAL_FAMILIES).toContain(family);
      expect(source.length).toBeGreaterThan(10);
      expect(new Set(needs).size).toBe(needs.length);
      expect(horizon >= 1 && Number.isInteger(horizon) && minHistory >= 1 && Number.isInteger(minHistory) && lookback >= minHistory && Number.isInteger(lookback)).toBe(true);
    },
  },
  {
    name: 'is within its bounds, with finite evidence and no other number in its sentence',
    check: (signal, worlds) => worlds.forEach((world) => positionsOf(world).forEach((t) => requireSound(signal, detectAt(signal, world, t)))),
  },
  {
    name: 'finds something somewhere, and not everywhere',
    check(signal, worlds) {
      const every = (world: SignalWorld): number[] => Array.from(world.input.sessions.keys()).filter((t) => t < 200 || t % 5 === 0);
      const found = worlds.flatMap((world) => every(world).map((t) => detectAt(signal, world, t).length > 0));
      expect(new Set(found)).toEqual(new Set([true, false]));
    },
  },
  {
    name: 'does not change when later sessions arrive',
    check: (signal, worlds) => worlds.forEach((world) => {
      const whole = new OptionsHistory(world.input);
      // the last first: what is kept for it must not reach the earlier ones
      for (const t of positionsOf(world).reverse()) {
        expect(whole.at(t, world.chains(t)).length).toBe(t + 1);
        expect(signal.detect(whole.at(t, world.chains(t)))).toEqual(detectAt(signal, { ...world, input: cutInput(world.input, t) }, t));
      }
    }),
  },
  {
    name: 'does not change when sessions before its lookback are forgotten',
    check: (signal, worlds) => worlds.forEach((world) => positionsOf(world).filter((t) => t >= signal.lookback).forEach((t) => {
      const from = t + 1 - signal.lookback;
      const shorter = { input: cutInput(world.input, t, from), chains: (at: number) => world.chains(at + from) };
      expect(detectAt(signal, shorter, t - from)).toEqual(detectAt(signal, world, t));
    })),
  },
  {
    name: 'reads nothing but the columns that it needs',
    check: (signal, worlds) => worlds.forEach(({ input, chains }) => {
      const columns = Object.fromEntries(signal.needs.map((name) => [name, input.columns[name]] as const));
      for (const t of positionsOf({ input, chains })) expect(detectAt(signal, { input: { ...input, columns: columns }, chains }, t)).toEqual(detectAt(signal, { input, chains }, t));
    }),
  },
  {
    name: 'finds nothing where nothing is known, or the history is too short',
    check(signal, worlds) {
      for (const count of [1, 60, 300]) expect(detectAt(signal, without({ ...madeInput({ sessions: count, close: Number.NaN }), columns: {} }), count - 1)).toEqual([]);
      for (const world of worlds) for (let t = 0; t < Math.min(signal.minHistory - 1, world.input.sessions.length); t++) expect(detectAt(signal, world, t)).toEqual([]);
    },
  },
  {
    name: 'finds nothing in a chain that never changes and is even',
    check: (signal) => [1, 45, 300].forEach((count) => expect(detectAt(signal, without(madeInput({ sessions: count })), count - 1)).toEqual([])),
  },
  {
    name: 'survives hostile histories',
    check: (signal) => fc.assert(fc.property(hostileInput, (input) => requireSound(signal, detectAt(signal, without(input), input.sessions.length - 1))), { seed: 19, numRuns: 150 }),
  },
];

function cutInput(input: OptionsHistoryInput, t: number, from = 0): OptionsHistoryInput {
  const columns = Object.fromEntries(Object.entries(input.columns).map(([name, values]) => [name, values.slice(from, t + 1)]));
  return { ...input, sessions: input.sessions.slice(from, t + 1), columns, close: input.close.slice(from, t + 1) };
}

/** One test for each law. */
export function testOptionsSignalContract(signal: OptionsSignal, worlds: readonly SignalWorld[] = PLAIN_WORLDS): void {
  for (const { name, check } of SIGNAL_LAWS) {
    it(`${signal.name} ${name}`, () => {
      check(signal, worlds);
    });
  }
}
