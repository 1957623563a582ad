import { describe, expect, it } from 'vitest';

import { DEALER_WORDS, type Dealers } from '../../../src/options/intelligence/dealer-words.js';
import { gammaAcceleration } from '../../../src/options/intelligence/gamma-acceleration.js';
import { gammaPin } from '../../../src/options/intelligence/gamma-pin.js';
import { gammaResistance, gammaSupport } from '../../../src/options/intelligence/gamma-wall.js';
import { OPTIONS_SIGNALS } from '../../../src/options/intelligence/registry.js';
import type { DetectedSignal, OptionsSignal } from '../../../src/options/intelligence/signal.js';
import { OptionsHistory, type OptionsHistoryInput } from '../../../src/options/intelligence/view.js';
import { requireSound } from '../../contracts/options-signal.js';
import { madeInput, wanderingInput } from './made-history.js';

const ALL = Object.keys(DEALER_WORDS) as Dealers[];
const SIGNS: Readonly<Record<Dealers, readonly [number, number]>> = { 'long-calls-short-puts': [1, -1], 'short-calls-short-puts': [-1, -1], 'long-calls-long-puts': [1, 1] };

/** Columns of exposure as they are under a convention. */
function under(dealers: Dealers, input: OptionsHistoryInput): OptionsHistoryInput {
  const [call, put] = SIGNS[dealers];
  const signed = (values: Float64Array, sign: number): Float64Array => values.map((value) => sign * Math.abs(value));
  return { ...input, dealers, columns: { ...input.columns, callGamma: signed(input.columns.callGamma!, call), putGamma: signed(input.columns.putGamma!, put) } };
}

const near = madeInput({ sessions: 60, columns: { callGamma: 3e6, putGamma: 1e6, pinStrike: 100.5, pinShare: 0.3, callWall: 102, putWall: 98 } });
const read = (signal: OptionsSignal, dealers: Dealers, input = near): DetectedSignal | undefined => signal.detect(new OptionsHistory(under(dealers, input)).latest())[0];

describe('what dealers are taken to hold', () => {
  it.each(ALL)('%s: no sentence claims anything else', (dealers) => {
    const others = ALL.filter((one) => one !== dealers).map((one) => DEALER_WORDS[one]);
    const input = under(dealers, wanderingInput(3, 200));
    const history = new OptionsHistory(input);
    let told = 0;
    for (let t = 0; t < history.length; t++) {
      for (const signal of OPTIONS_SIGNALS.filter(({ family }) => family === 'gamma')) {
        const found = signal.detect(history.at(t));
        requireSound(signal, found);
        for (const { sentence } of found) for (const words of others) expect(sentence).not.toContain(words);
        told += found.filter(({ sentence }) => sentence.includes(DEALER_WORDS[dealers])).length;
      }
    }
    // short of everything, gamma is negative whatever is open: there is nothing to be found
    expect(told > 0).toBe(dealers !== 'short-calls-short-puts');
  });

  it('is long calls and short puts unless told otherwise', () => {
    const usual = under('long-calls-short-puts', near);
    const { dealers: _, ...untold } = usual;
    for (const signal of [gammaPin, gammaSupport, gammaResistance]) {
      expect(signal.detect(new OptionsHistory(untold).latest())).toEqual(signal.detect(new OptionsHistory(usual).latest()));
      expect(read(signal, 'long-calls-short-puts')!.sentence).toContain('taken as long calls and short puts, is positive with balance 0.50');
    }
  });

  it('short of everything, no signal of gamma speaks', () => {
    for (const signal of [gammaAcceleration, gammaPin, gammaSupport, gammaResistance]) expect(read(signal, 'short-calls-short-puts')).toBeUndefined();
    expect(gammaAcceleration.detect(new OptionsHistory({ ...near, columns: { ...near.columns, callGamma: near.columns.callGamma!.map((value) => -value), putGamma: near.columns.putGamma!.map((value) => -value) } }).latest())).toHaveLength(1);
  });

  it('long everything, levels are told, but the assumed sign makes nothing surer', () => {
    for (const signal of [gammaPin, gammaSupport, gammaResistance]) {
      const [assumed, usual] = [read(signal, 'long-calls-long-puts')!, read(signal, 'long-calls-short-puts')!];
      expect(assumed.strength).toBe(usual.strength);
      expect(assumed.confidence).toBeLessThan(usual.confidence);
      expect(assumed.sentence).toContain('taken as long calls and long puts, is positive by that alone');
    }
    expect(read(gammaSupport, 'long-calls-long-puts')!.sentence).toMatch(/long those puts would buy/);
    expect(read(gammaAcceleration, 'long-calls-long-puts')).toBeUndefined();
  });
});
