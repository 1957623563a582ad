import { describe, expect, it } from 'vitest';

import { detectSignals } from '../../../src/options/intelligence/detect-signals.js';
import { OPTIONS_SIGNALS } from '../../../src/options/intelligence/registry.js';
import { OptionsHistory } from '../../../src/options/intelligence/view.js';
import { PLAIN_WORLDS, testOptionsSignalContract } from '../../contracts/options-signal.js';
import { chainWorld } from './made-chains.js';

const WORLDS = [...PLAIN_WORLDS, chainWorld(4, 90)];

describe('contract of options signals', () => {
  for (const signal of OPTIONS_SIGNALS) testOptionsSignalContract(signal, WORLDS);

  it('each entry is unique', () => {
    expect(new Set(OPTIONS_SIGNALS.map(({ name }) => name)).size).toBe(OPTIONS_SIGNALS.length);
  });

  it('the strongest and surest come first', () => {
    const history = new OptionsHistory(PLAIN_WORLDS[0].input);
    const weights = Array.from({ length: history.length }, (_, t) => detectSignals(history.at(t)).map(({ strength, confidence }) => Math.abs(strength) * confidence));
    expect(Math.max(...weights.map(({ length }) => length))).toBeGreaterThan(1);
    for (const list of weights) expect(list).toEqual([...list].sort((a, b) => b - a));
  });
});
