import { describe, expect, it } from 'vitest';
import { isoDate } from '../../src/core/dates.js';
import { formatFeature } from '../../src/report/format.js';
import { listedName, listedText } from '../../src/report/listed-name.js';
import { plotlySource } from '../../src/report/plotly-source.js';
import { renderRecommendationReport, type ReportInput } from '../../src/report/page.js';
import { priceSeries, emptyInput, reportInput, uniforms } from './fixture.js';
import { HOSTILE, hostileInput } from './hostile.js';
import { own, visible } from './visible.js';

const input = reportInput();
const page = renderRecommendationReport(input);

describe('the page', () => {
  it('is the same for the same input and another for another', () => {
    expect(renderRecommendationReport(reportInput())).toBe(page);
    expect(renderRecommendationReport(reportInput(8))).not.toBe(page);
  });

  it('says when, by what, how much and how many', () => {
    for (const text of ['Thursday, 8 February 2018', '7 February 2018', 'momentum-12-1', '1,043,872', '412,531', '60.5%', '<strong>6</strong> to enter', '<strong>3</strong> to hold', '<strong>1</strong> to reduce', '<strong>2</strong> to exit']) expect(page).toContain(text);
  });

  it('has every name in the table and as a card, with levels, reasons and their numbers', () => {
    for (const one of input.document.recommendations) {
      expect(page).toContain(`id="name-${one.symbol}"`);
      expect(page).toContain(`href="#name-${one.symbol}"`);
      for (const reason of one.reasons) expect(page).toContain(reason.text.replaceAll("'", '&#39;'));
    }
    expect(page.match(/data-chart=/g)).toHaveLength(13);
    expect(page.match(/class="range"/g)).toHaveLength(20);
    expect(page).toContain('IVB</span> <span class="renamed">(later IVRY)</span>');
  });

  it('shows the features of every card, with a dash where one is not available and no bar where there is no rank', () => {
    const shown = visible(page);
    const features = input.document.recommendations.flatMap((one) => one.features);
    for (const { name, describe, unit, value } of features) expect([name, describe, formatFeature(value, unit)].filter((text) => !shown.includes(text))).toEqual([]);
    const [missing, ranked] = [features.filter(({ value }) => value === null), features.filter(({ rank }) => rank !== null)];
    expect(missing.length).toBeGreaterThan(2);
    expect(page.match(/title="not available"/g)).toHaveLength(missing.length);
    expect(page.match(/class="rank"/g)).toHaveLength(ranked.length);
    expect(ranked.length).toBeLessThan(features.length - missing.length);
  });

  it('counts the features by family and names those with missing values, the first twelve open', () => {
    const { features } = input.document;
    const part = visible(page.slice(page.indexOf('<section id="features"'), page.indexOf('<section id="left-out"')));
    for (const text of ['191 features', ...features.families.flatMap(({ family, features: count }) => [family, `${count} features`]), '50.0% missing', 'complete', 'Data not known by this session']) expect(part).toContain(text);
    const [shown, more] = part.split('<summary>2 more</summary>');
    features.absent.forEach(({ input: lacking, features: names }, i) => expect(i < 4 ? shown : more).toContain(`>${lacking}</th><td role="cell" class="wide" data-label="Features without it">${names.length}: ${names.join(', ')}<`));
    const [open, folded] = part.split('<summary>6 more features</summary>');
    features.missing.forEach(({ feature, reason }, i) => expect(i < 12 ? open : folded).toMatch(new RegExp(`>${feature}<.*>${reason}<`, 's')));
  });

  it('tells with whom each name moved, and how much all of them together', () => {
    const { recommendations } = input.document;
    expect(page.match(/class="card-neighbours"/g)).toHaveLength(recommendations.filter(({ neighbours }) => neighbours.length > 0).length);
    const [{ neighbours: [first] }] = recommendations;
    expect(visible(page)).toContain(`${first.symbol} <span class="unit">${first.correlation.toFixed(2)}</span>`);
    expect(visible(page)).toContain('<dt>Moving together</dt><dd class="value">0.35</dd><dd class="note">mean correlation, 60 sessions; all 388 names 0.27</dd>');
  });

  it('has a calm line when no value is missing, and no block of features on a card that shows none', () => {
    const { document } = input;
    const calm = renderRecommendationReport({ ...input, document: { ...document, features: { ...document.features, absent: [], missing: [] }, recommendations: document.recommendations.map((one) => ({ ...one, features: [] })) } });
    expect(calm).toContain('Every member has a value of every feature.');
    expect(calm).not.toContain('class="card-features"');
  });

  it('states every caveat, fill, unfilled order, finding, reason for leaving out, source and licence', () => {
    const { caveats, portfolio, quality, leftOut, data, universe, provenance, symbols } = input.document;
    const texts = [
      ...caveats, ...portfolio.fills.map((fill) => fill.symbol), ...portfolio.unfilled.map((one) => one.reason), ...quality.flatMap((one) => [one.rule, ...one.examples.map((example) => example.detail)]),
      ...leftOut.flatMap((group) => [listedText(symbols, group.reason), ...group.symbols.map((symbol) => listedName(symbols, symbol))]), ...data.flatMap((one) => [one.source, one.licence]), ...universe.missing, provenance.version, '51d2f0b46c83', '0be4a51c7f29', '9f2c41d07be3', '619,040', 'swinglab 0.1.0',
    ];
    const shown = visible(page);
    expect(texts.filter((text) => !shown.includes(text))).toEqual([]);
  });

  it('loads nothing: no address of another place outside plotly’s own text, and a policy that forbids it', () => {
    expect(own(page)).not.toMatch(/https?:|src=|@import|url\(/);
    expect(visible(page)).toContain("default-src 'none'");
    expect(own(page).match(/<link[^>]*>/g)).toEqual(['<link rel="icon" href="data:,">']);
  });

  it('holds plotly once and little beside it: under 500 kB for 20 names with 8 features each', () => {
    const next = uniforms(3);
    const many = Array.from({ length: 20 }, (_, i) => ({ ...input.document.recommendations[i % 12], symbol: `S${i}`, listedSymbol: `S${i}` }));
    const large: ReportInput = { ...input, document: { ...input.document, recommendations: many }, charts: new Map(many.map((one) => [one.symbol, priceSeries(one.entry, 0.001, next, 300)])) };
    const text = renderRecommendationReport(large);
    expect(text.match(/data-chart=/g)).toHaveLength(21);
    expect(text.split('window.Plotly = Plotly;')).toHaveLength(2);
    expect(Buffer.byteLength(text) - Buffer.byteLength(plotlySource())).toBeLessThan(500_000);
  });

  it('draws nothing after the session it is of, even when the bars go on', () => {
    const asOf = isoDate('2018-01-31');
    const earlier = renderRecommendationReport({ ...input, document: { ...input.document, asOf, trackRecord: null } });
    expect(earlier).toContain('2018-01-31');
    const json = /<script type="application\/json" id="charts">(.*?)<\/script>/s.exec(earlier)![1];
    expect(json).toContain('2018-01-31');
    expect(json).not.toContain('2018-02-01');
  });

  it('draws as many sessions as it is told', () => {
    const json = /id="charts">(.*?)<\/script>/s.exec(renderRecommendationReport({ ...input, chartSessions: 40 }))![1];
    expect(JSON.parse(json).charts.ABER.data[1].close).toHaveLength(40);
  });

  it('has one heading of the first level, labelled landmarks and no identifier twice', () => {
    expect(page.match(/<h1[ >]/g)).toHaveLength(1);
    expect(page.match(/<main[ >]/g)).toHaveLength(1);
    const ids = [...own(page).matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of own(page).matchAll(/(?:href="#|aria-labelledby=")([^"]+)"/g)) expect(ids).toContain(target);
    expect([...own(page).matchAll(/<(?:section|nav|aside|article)(?=[ >])[^>]*>/g)].every(([tag]) => tag.includes('aria-label'))).toBe(true);
  });
});

describe('the page with text that tries to break out', () => {
  const hostile = own(renderRecommendationReport(hostileInput()));

  it('has no element that the data brought', () => {
    expect(hostile).not.toContain('<img');
    expect(hostile).not.toContain(HOSTILE);
    expect(hostile.match(/<script/g)).toHaveLength(own(page).match(/<script/g)!.length);
    expect(hostile.match(/<\/style>/g)).toHaveLength(1);
  });

  it('shows the text as text', () => {
    expect(hostile).toContain('&lt;img src=x onerror=&quot;globalThis.hacked=1&quot;&gt;');
  });
});

describe('the page of an evening without recommendations', () => {
  const empty = renderRecommendationReport(emptyInput());

  it('says so in every part and leaves plotly out', () => {
    for (const text of ['Nothing to trade at the open of', 'No name is to be entered, held or exited.', 'No order was filled', 'Nothing is held.', 'No risk rule is set.', 'there is nothing to compare with', 'no earlier recommendation to judge', 'The curve begins with the second evening.', 'No weight in any sector.', 'No check found anything.', 'No features were computed for this session.', 'Every member was considered.', 'No datasets were recorded.']) expect(empty).toContain(text);
    expect(empty.includes('plotly.js (finance')).toBe(false);
    expect(visible(empty)).not.toMatch(/NaN|Infinity|undefined|null/);
    expect(empty.length).toBeLessThan(60_000);
  });
});

describe('the page of names without bars', () => {
  it('keeps their numbers and says that there is nothing to draw', () => {
    const bare = renderRecommendationReport({ ...input, document: { ...input.document, trackRecord: null }, charts: new Map() });
    expect(bare.match(/No bars to draw\./g)).toHaveLength(12);
    expect(bare.includes('plotly.js (finance')).toBe(false);
    expect(visible(bare)).not.toMatch(/NaN|Infinity|undefined/);
  });
});
