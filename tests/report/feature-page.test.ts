import { describe, expect, it } from 'vitest';
import { InvariantError } from '../../src/core/errors.js';
import { renderFeaturePage, type FeaturePageInput } from '../../src/report/feature/page.js';
import { formatFeature } from '../../src/report/format.js';
import { featurePageInput } from './feature-fixture.js';
import { HOSTILE } from './hostile.js';

const input = featurePageInput();
const page = renderFeaturePage(input);

/** What a reader sees: without scripts and style. */
const visible = (text: string): string => text.replace(/<script.*?<\/script>|<style>.*?<\/style>/gs, '').replaceAll('&#39;', "'");

function withUnit(unit: FeaturePageInput['card']['unit'], change: (value: number) => number): FeaturePageInput {
  const { low, median, high } = input.quantiles;
  return {
    ...input, card: { ...input.card, unit }, quantiles: { low: low.map(change), median: median.map(change), high: high.map(change) },
    values: input.values.map(({ symbol, value }) => ({ symbol, value: change(value) })), series: { symbol: 'ABER', values: input.series!.values.map(change) },
  };
}

describe('the page of a feature', () => {
  it('is the same for the same input and another for another', () => {
    expect(renderFeaturePage(featurePageInput())).toBe(page);
    expect(renderFeaturePage(featurePageInput(8))).not.toBe(page);
  });

  it('says what the feature is, what it needs and where it comes from', () => {
    const { card, availability, sets } = input;
    const texts = [card.name, card.family, 'Return from 252 to 21 sessions ago.', card.formula, card.source, '252 sessions', 'adjusted bars of the instrument', 'the same when all prices', availability, ...sets, '7 February 2018', 'swinglab 0.1.0'];
    expect(texts.filter((text) => !visible(page).includes(text))).toEqual([]);
  });

  it('tells of values that vary with prices and of data beside the bars', () => {
    const text = visible(renderFeaturePage({ ...input, sets: [], card: { ...input.card, lookback: 0, inputs: ['bars', 'index', 'macro:T10Y2Y', 'earnings:surprise'], scale: { prices: 'varies' } } }));
    for (const part of ['changes when all prices are multiplied', 'returns of the benchmark', 'macro series <span class="mono">T10Y2Y</span>', 'earnings reports <span class="mono">surprise</span>', 'the session itself', '<dd>none</dd>']) expect(text).toContain(part);
  });

  it('counts every member in the histogram and marks the symbols asked for', () => {
    const wide = page.slice(page.indexOf('<svg class="plot wide"'), page.indexOf('<svg class="plot medium"'));
    const counts = [...wide.matchAll(/<title>([\d,]+) members?/g)].map(([, count]) => Number(count));
    expect(counts.reduce((a, b) => a + b)).toBe(385);
    for (const symbol of ['ABER', 'M7', 'M8', 'M31']) expect(wide).toMatch(new RegExp(`<text class="mark"[^>]*>${symbol} [+−]`));
    expect(page).toContain('7 members without a value. The outermost bars also count 5 values beyond the axis');
    expect(page).toContain('Not available: M60.');
  });

  it('breaks lines and bands where values are missing', () => {
    const [line, band] = [/class="line one" d="([^"]+)"/, /class="band" d="([^"]+)"/].map((pattern) => pattern.exec(page)![1]);
    expect(line.match(/M/g)).toHaveLength(1);
    expect(line.match(/[ML]/g)).toHaveLength(410);
    expect(band.match(/Z/g)).toHaveLength(2);
    expect(page).not.toMatch(/ d="[^"]*(NaN|Infinity|undefined)/);
  });

  it('loads nothing and forbids it', () => {
    expect(page).not.toMatch(/https?:|src=|@import|url\(/);
    expect(page).toContain('default-src &#39;none&#39;');
    expect(page.length).toBeLessThan(250_000);
  });

  it('has one heading of the first level, labelled parts and drawings, and no identifier twice', () => {
    const own = page.replace(/<script.*?<\/script>/gs, '');
    expect(own.match(/<h1[ >]/g)).toHaveLength(1);
    const ids = [...own.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of own.matchAll(/(?:href="#|aria-labelledby=")([^"]+)"/g)) expect(ids).toContain(target);
    const plots = [...own.matchAll(/<svg class="plot[^>]*>/g)];
    expect(plots).toHaveLength(9);
    expect(plots.every(([tag]) => /role="img" aria-label="[^"]{20,}"/.test(tag))).toBe(true);
  });

  it('has calm lines instead of plots when nothing has a value', () => {
    const none = renderFeaturePage({ ...withUnit('return', () => Number.NaN), coverage: new Float64Array(500) });
    for (const text of ['No member has a value on this session.', 'No value on any of these sessions.', 'not available']) expect(none).toContain(text);
    expect(none.match(/<svg class="plot/g)).toHaveLength(3);
    expect(visible(none)).not.toMatch(/NaN|Infinity|undefined|null/);
  });

  it('has nothing to plot without sessions and members', () => {
    const nothing = new Float64Array(0);
    const empty = renderFeaturePage({ ...input, sessions: [], quantiles: { low: nothing, median: nothing, high: nothing }, coverage: nothing, values: [], marked: [], series: null });
    expect(empty).not.toContain('<svg class="plot');
    expect(visible(empty)).not.toMatch(/NaN|Infinity|undefined|null/);
  });

  it.each([['constant', withUnit('ratio', (value) => value * 0 + 1.5)], ['zero', withUnit('z-score', (value) => value * 0)], ['tiny', withUnit('ratio', (value) => value * 1e-12)], ['huge', withUnit('ratio', (value) => value * 1e12)],
    ['flag', withUnit('flag', (value) => (Number.isNaN(value) ? value : Number(value > 0)))], ['whole', withUnit('sessions', (value) => Math.round(value * 20))], ['money', withUnit('log money', (value) => 18 + 4 * value)]])(
    'draws %s values within the plot', (_, changed) => {
      const text = renderFeaturePage(changed);
      expect(text).not.toMatch(/(NaN|Infinity|undefined)[^"]*"/);
      const [, width] = /<svg class="plot wide" viewBox="0 0 (\d+)/.exec(text)!;
      for (const [, x, w] of text.slice(0, text.indexOf('<svg class="plot medium"')).matchAll(/<rect x="([^"]+)"[^>]*width="([^"]+)"/g)) {
        expect(Number(x)).toBeGreaterThanOrEqual(0);
        expect(Number(x) + Number(w)).toBeLessThanOrEqual(Number(width));
      }
    },
  );

  it('draws one session as dots', () => {
    const one = (value: number): Float64Array => Float64Array.of(value);
    const text = renderFeaturePage({ ...input, sessions: [input.asOf], quantiles: { low: one(0), median: one(1), high: one(2) }, coverage: one(1), series: { symbol: 'ABER', values: one(1.5) } });
    expect(text).toMatch(/class="line one" d="M[\d.]+ [\d.]+h0"/);
  });

  it('counts equals half in the share that a symbol is above', () => {
    const flags = withUnit('ratio', (value) => (Number.isNaN(value) ? value : Number(value > 0.1)));
    const own = flags.values.find(({ symbol }) => symbol === 'ABER')!.value;
    const known = flags.values.map(({ value }) => value).filter(Number.isFinite);
    const share = (known.filter((value) => value < own).length + known.filter((value) => value === own).length / 2) / known.length;
    expect(visible(renderFeaturePage(flags))).toContain(`above ${Math.round(share * 100)}% of the members`);
  });

  it('of the market shows one value and one line, no member, rank nor distribution', () => {
    const { median } = input.quantiles;
    const last = median[499];
    const text = visible(renderFeaturePage({ ...input, marketWide: true, marked: [], series: null, quantiles: { low: median, median, high: median }, values: input.values.map(({ symbol }) => ({ symbol, value: symbol === 'M3' ? Number.NaN : last })) }));
    expect(text).toContain(`<dt>Value</dt><dd class="value">${formatFeature(last, 'return')}</dd>`);
    expect(text).toContain('of 392 on 7 Feb 2018');
    expect(text).toContain('One value a session, ');
    expect(text).not.toMatch(/ABER|Median|10–90|10 to 90|above \d|id="distribution"|#distribution|class="line median"|class="band" d="[^"]+" *\/><path class="line one"/);
    expect(text.match(/class="line one"/g)).toHaveLength(3);
  });

  it('has no distribution and no rank where all members have the same value, and one line where they always had', () => {
    const same = withUnit('ratio', (value) => (Number.isNaN(value) ? value : 0.25));
    const text = visible(renderFeaturePage(same));
    expect(text).toContain('Every member with a value has the same: 0.25.');
    expect(text).toContain('One value a session, ');
    expect(text).not.toMatch(/ABER|Median|above \d|class="bars"/);
    const { low, high } = input.quantiles;
    expect(visible(renderFeaturePage({ ...same, quantiles: { ...same.quantiles, low, high } }))).toContain('Median and 10–90 % of the members and ABER');
  });

  it('draws flags as steps: of the market as they were, of members by the share that had yes', () => {
    const flag = withUnit('flag', (value) => (Number.isNaN(value) ? value : Number(value > 0.1)));
    const median = Float64Array.from(flag.sessions, (_, t) => Number(t % 5 === 0));
    const market = renderFeaturePage({ ...flag, marketWide: true, series: null, quantiles: { low: median, median, high: median } });
    expect(/class="line one" d="([^"]+)"/.exec(market)![1]).toMatch(/^M[\d.]+ [\d.]+(H[\d.]+|V[\d.]+)+$/);
    expect(visible(market)).toContain('<dt>Sessions with yes</dt><dd class="value">100</dd><dd class="note">of 500 sessions</dd>');
    const members = visible(renderFeaturePage({ ...flag, yes: median.map((value) => 0.2 + value / 2) }));
    expect(members).toContain('Members with yes <b>20.0%</b>');
    expect(members).toContain('<dt>With yes</dt>');
    expect(members).not.toMatch(/10–90|<dt>Median/);
  });

  it('shows hostile text as text', () => {
    const bad = renderFeaturePage({
      ...input, card: { ...input.card, name: HOSTILE, describe: HOSTILE, formula: HOSTILE, source: HOSTILE, unit: HOSTILE as 'ratio', family: HOSTILE as 'trend', inputs: [`macro:${HOSTILE}`, HOSTILE as 'bars'] },
      availability: HOSTILE, sets: [HOSTILE], values: [...input.values, { symbol: HOSTILE, value: 0.1 }], marked: [HOSTILE, `${HOSTILE}2`], series: { symbol: HOSTILE, values: input.series!.values }, generatedBy: HOSTILE,
    });
    expect(bad).not.toContain('<img');
    expect(bad.match(/<script/g)).toHaveLength(page.match(/<script/g)!.length);
    expect(bad.match(/<\/style>/g)).toHaveLength(1);
    expect(bad).toContain('&lt;img src=x onerror=&quot;globalThis.hacked=1&quot;&gt;');
  });

  it('refuses lines that are not as long as the sessions', () => {
    expect(() => renderFeaturePage({ ...input, coverage: new Float64Array(3) })).toThrow(InvariantError);
    expect(() => renderFeaturePage({ ...input, yes: new Float64Array(3) })).toThrow(/found 3 in "yes"/);
    expect(() => renderFeaturePage({ ...input, series: { symbol: 'ABER', values: new Float64Array(499) } })).toThrow(/expected 500 values.*found 499 in "series.values"/);
  });
});
