import { describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import { renderOptionsPage } from '../../../src/report/options/page.js';
import { chainFigures } from '../../../src/report/options/figures.js';
import { headerFigures } from '../../../src/report/options/header.js';
import { hostileChain } from '../../options/hostile-chain.js';
import { madeChain } from '../../options/made-chain.js';
import { HOSTILE } from '../hostile.js';
import { own, part, visible, words } from '../visible.js';
import { SESSION, viewOfChain } from './chain-view-fixture.js';

const made = madeChain({ session: SESSION, halfSpread: 0.02, volatility: (k) => 0.25 - 0.2 * k + 0.3 * k * k, openInterest: (strike, isCall) => (isCall ? 200 : 100) + (strike === (isCall ? 110 : 90) ? 5000 : 0) });
const view = viewOfChain(made);
const page = renderOptionsPage({ view, generatedBy: 'swinglab test' });

describe('the page of an option chain', () => {
  it('is the same for the same input and tells its source, its session and of when the open interest is', () => {
    expect(renderOptionsPage({ view: viewOfChain(made), generatedBy: 'swinglab test' })).toBe(page);
    const text = words(visible(page));
    expect(text).toMatch(/MADE options at the close of \w+day, \d+ \w+ 2024/);
    expect(text).toContain('made up; licence CC0-1.0.');
    expect(text).toContain('the session before; volume and prices are of the session itself');
    expect(text).toContain('dealers are taken to be long calls and short puts');
  });

  it('has the figures that are read first, each a number where the chain tells it', () => {
    const figures = new Map(headerFigures(view).map(([title, value]) => [title, value]));
    expect([figures.get('Price'), figures.get('Call wall'), figures.get('Put wall')]).toEqual(['100.00', '110.00', '90.00']);
    expect(figures.get('IV, 30 days')).toMatch(/^2[45]\.\d%$/);
    expect(figures.get('Put/call')).toBe('1.00');
    for (const [title, value] of figures) expect(words(visible(page))).toContain(`${title} ${value}`);
  });

  it('draws every part, marks the levels, and shows no number that is none', () => {
    const figures = chainFigures(view);
    expect(Object.entries(figures).flatMap(([name, figure]) => (figure === null ? [name] : []))).toEqual([]);
    const labels = (figures.gammaByStrike!.layout['annotations'] as { text: string }[]).map(({ text }) => text);
    expect(labels).toEqual(expect.arrayContaining(['spot 100.00', 'call wall 110.00', 'put wall 90.00']));
    expect(own(page)).not.toMatch(/NaN|undefined|Infinity|\[object/);
  });

  it('lists the forty features with values or with why there is none', () => {
    const rows = part(page, 'features').match(/<tr role="row">/g)!.length - 1;
    expect(rows).toBe(40);
    expect(words(part(page, 'features'))).toMatch(/gamma-exposure – .* needs bars with volume/);
    const rank = viewOfChain(made, 12).features.find(({ name }) => name === 'iv-rank-252')!;
    expect(rank).toMatchObject({ value: null, support: 12, missing: '12 of at least 40 sessions with a value' });
  });

  it('counts what was left out in the words of the cleaning', () => {
    const crossed = renderOptionsPage({ view: viewOfChain({ ...made, bid: made.bid.map((bid, i) => (i % 10 === 0 ? bid + 10 : bid)) }), generatedBy: 't' });
    expect(words(part(crossed, 'left-out'))).toMatch(/crossed-quote \d+ bid above ask \(counts, without a volatility of its own\)/);
  });

  it('escapes every text that comes from data', () => {
    const hostile = renderOptionsPage({ view: { ...view, underlying: HOSTILE, source: { source: HOSTILE, licence: HOSTILE, notes: [HOSTILE] }, signals: [{ ...one, sentence: HOSTILE, signal: HOSTILE }] }, generatedBy: HOSTILE });
    expect(own(hostile)).not.toContain('<img src=x');
    expect(own(hostile).match(/<script/g)!.length).toBe(own(page).match(/<script/g)!.length);
  });

  it('stands on any chain whatever, without a number that is none', () => {
    const rng = createRng(11);
    for (let run = 0; run < 40; run++) {
      const chain = { ...hostileChain(rng, { contracts: run < 4 ? run : rng.integer(1, 120), hostility: run % 3 === 0 ? 0.2 : 0.02 }), session: SESSION };
      const text = own(renderOptionsPage({ view: viewOfChain(chain, 3), generatedBy: 't' }));
      expect(text).not.toMatch(/NaN|undefined|Infinity/);
    }
  });
});

const one = { signal: 'made', family: 'gamma', direction: 'up', strength: 0.5, confidence: 0.5, horizon: 5, evidence: { spot: 100 }, units: { spot: 'price' }, sentence: 'Nothing.' } as const;
